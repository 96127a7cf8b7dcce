package io.reportfiles.signin;

import io.reportfiles.account.Identity;
import io.reportfiles.config.AccountSettings;
import io.reportfiles.config.OidcSettings;
import io.reportfiles.web.FormFields;
import io.reportfiles.web.Redirect;
import io.reportfiles.web.problem.ProblemException;
import io.reportfiles.web.problem.ProblemType;
import io.reportfiles.web.text.PageTexts;
import jakarta.inject.Inject;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;

/** {@code /login}: the form for people with browsers. After sign-in the browser goes where it wanted to go. */
@WebServlet(value = "/login", asyncSupported = true)
public class LoginServlet extends HttpServlet {

    private static final long serialVersionUID = 1L;

    @Inject
    private transient SignIn signIn;

    @Inject
    private transient AccountSettings settings;

    @Inject
    private transient OidcSettings oidc;

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        // An office program follows a link to here without the browser's session, and hands this address to the
        // browser.
        String returnTo = Optional.ofNullable(request.getParameter("return")).orElse("");
        Optional<ReturnPath> target = ReturnPath.parse(returnTo, request.getContextPath())
                .filter(path -> BrowserSession.find(request)
                        .flatMap(signIn::withSession)
                        .isPresent());
        if (target.isPresent()) {
            Redirect.seeOther(response, target.get().value());
            return;
        }
        send(request, response, HttpServletResponse.SC_OK, returnTo, "", "");
    }

    @Override
    protected void doPost(HttpServletRequest request, HttpServletResponse response) throws IOException {
        // Otherwise another site could sign a browser in to an account of its choice and wait for what is submitted
        // there. Without a word from a browser there is no victim: scripts may use the form as well.
        if (SameOrigin.of(request) == SameOrigin.NO) {
            throw new ProblemException(ProblemType.FORBIDDEN, "The sign-in form was sent by another site.");
        }
        FormFields form = FormFields.of(request);
        String name = form.get("name");
        String returnTo = form.get("return");
        try {
            signIn(form, request, response);
        } catch (ProblemException refusal) {
            if (refusal.type() != ProblemType.TOO_MANY_REQUESTS) {
                throw refusal;
            }
            Duration wait = refusal.retryAfter().orElse(Duration.ZERO).plusMillis(999); // rounds up
            response.setHeader("Retry-After", Long.toString(wait.toSeconds()));
            send(
                    request,
                    response,
                    refusal.type().status(),
                    returnTo,
                    name,
                    PageTexts.of(request).say(refusal.getMessage()));
        }
    }

    private void signIn(FormFields form, HttpServletRequest request, HttpServletResponse response) throws IOException {
        String name = form.get("name");
        String returnTo = form.get("return");
        Optional<Identity> identity = signIn.withPassword(name, form.get("password"), request.getRemoteAddr());
        if (identity.isEmpty()) {
            // Not 401: that has to carry a challenge, to which browsers answer with a dialog of their own.
            send(
                    request,
                    response,
                    HttpServletResponse.SC_FORBIDDEN,
                    returnTo,
                    name,
                    PageTexts.of(request).text("login.wrong"));
            return;
        }
        signIn.recordSuccess(identity.get(), "sign-in page", request.getRemoteAddr());
        signIn.sessionOf(identity.get()).start(request, response, settings.sessionTimeout());
        String target = ReturnPath.parse(returnTo, request.getContextPath())
                .map(ReturnPath::value)
                .orElse(request.getContextPath() + "/console/");
        Redirect.seeOther(response, target);
    }

    private void send(
            HttpServletRequest request,
            HttpServletResponse response,
            int status,
            String wanted,
            String name,
            String message)
            throws IOException {
        String returnTo = ReturnPath.parse(wanted, request.getContextPath())
                .map(ReturnPath::value)
                .orElse("");
        PageTexts texts = PageTexts.of(request);
        byte[] page = new LoginPage(
                        request.getContextPath(), returnTo, signIn.takesPasswords(), name, message, provider(), texts)
                .render()
                .getBytes(StandardCharsets.UTF_8);
        response.setStatus(status);
        response.setContentType("text/html;charset=UTF-8");
        response.setHeader("Content-Language", texts.language());
        response.setHeader("Vary", "Accept-Language");
        response.setHeader("Cache-Control", "no-store");
        response.setContentLength(page.length);
        response.getOutputStream().write(page);
    }

    private Optional<String> provider() {
        return oidc.issuer().map(issuer -> oidc.label());
    }
}
