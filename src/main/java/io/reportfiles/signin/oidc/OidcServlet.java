package io.reportfiles.signin.oidc;

import io.reportfiles.config.OidcSettings;
import io.reportfiles.signin.ReturnPath;
import io.reportfiles.web.Redirect;
import io.reportfiles.web.problem.ProblemException;
import io.reportfiles.web.problem.ProblemType;
import jakarta.inject.Inject;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;

/** {@code /login/oidc}: sends the browser to the identity provider. */
@WebServlet("/login/oidc")
public class OidcServlet extends HttpServlet {

    private static final long serialVersionUID = 1L;

    private final transient SecureRandom random = new SecureRandom();

    @Inject
    private transient OidcSettings settings;

    @Inject
    private transient Provider provider;

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) {
        requireConfigured(settings);
        String returnTo = Optional.ofNullable(request.getParameter("return"))
                .flatMap(path -> ReturnPath.parse(path, request.getContextPath()))
                .map(ReturnPath::value)
                .orElse("");
        Flow flow = Flow.begin(random, returnTo);
        String address = ask(() -> provider.signInAddress(flow, FlowCookie.callbackAddress(request))
                .toString());
        FlowCookie.set(request, response, flow);
        Redirect.seeOther(response, address);
    }

    static void requireConfigured(OidcSettings settings) {
        if (settings.issuer().isEmpty()) {
            throw new ProblemException(ProblemType.NOT_FOUND, "There is no identity provider to sign in with.");
        }
    }

    /** What the provider says, or that it can't be asked. */
    static <T> T ask(Supplier<T> question) {
        try {
            return question.get();
        } catch (ProviderException e) {
            throw ProblemException.retryLater(
                    ProblemType.BUSY,
                    "The identity provider can't be reached. Try again soon.",
                    Duration.ofSeconds(30),
                    e);
        }
    }
}
