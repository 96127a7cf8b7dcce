package io.reportfiles.signin.oidc;

import io.reportfiles.access.AccountState;
import io.reportfiles.account.ExternalIdentity;
import io.reportfiles.config.OidcSettings;
import io.reportfiles.signin.ExternalSignIn;
import io.reportfiles.signin.LogoutServlet;
import io.reportfiles.signin.ReturnPath;
import io.reportfiles.web.Redirect;
import io.reportfiles.web.problem.ProblemException;
import io.reportfiles.web.problem.ProblemType;
import jakarta.inject.Inject;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Optional;

/** {@code /login/oidc/callback}: where the browser comes back to from the identity provider. */
@WebServlet(FlowCookie.CALLBACK)
public class OidcCallbackServlet extends HttpServlet {

    private static final long serialVersionUID = 1L;

    @Inject
    private transient OidcSettings settings;

    @Inject
    private transient Provider provider;

    @Inject
    private transient ClaimMapping mapping;

    @Inject
    private transient ExternalSignIn accounts;

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) {
        OidcServlet.requireConfigured(settings);
        Flow flow = requireFlow(request);
        FlowCookie.remove(request, response); // one answer for each sign-in
        Provider.Identified identified = OidcServlet.ask(
                        () -> provider.identify(flow, parameter(request, "code"), FlowCookie.callbackAddress(request)))
                .orElseThrow(OidcCallbackServlet::refused);
        ExternalIdentity person = mapping.personOf(identified.claims());
        AccountState state = accounts.signIn(person, "OpenID Connect", request, response);
        if (state != AccountState.ACTIVE) {
            throw new ProblemException(
                    ProblemType.FORBIDDEN,
                    state == AccountState.PENDING
                            ? "Your account waits for the approval of an administrator."
                            : "Your account is deactivated.");
        }
        OidcServlet.ask(() -> provider.signOutAddress(identified.idToken(), FlowCookie.address(request, "/login")))
                .ifPresent(address -> LogoutServlet.goOnWith(request, address));
        Redirect.seeOther(
                response,
                ReturnPath.parse(flow.returnTo(), request.getContextPath())
                        .map(ReturnPath::value)
                        .orElse(request.getContextPath() + "/console/"));
    }

    /** The sign-in that this is the answer to; an answer that nobody here asked for may be somebody else's account. */
    private Flow requireFlow(HttpServletRequest request) {
        Flow flow = FlowCookie.find(request)
                .filter(begun -> begun.isAnsweredBy(parameter(request, "state")))
                .orElseThrow(() -> new ProblemException(
                        ProblemType.FORBIDDEN,
                        "This sign-in was not begun in this browser, or too long ago. Begin anew."));
        String issuer = parameter(request, "iss"); // RFC 9207; not all providers send it
        boolean another = !issuer.isEmpty()
                && !issuer.equals(settings.issuer().orElseThrow().toString());
        if (another
                || !parameter(request, "error").isEmpty()
                || parameter(request, "code").isEmpty()) {
            throw refused();
        }
        return flow;
    }

    private static ProblemException refused() {
        return new ProblemException(ProblemType.FORBIDDEN, "The identity provider did not sign you in.");
    }

    private static String parameter(HttpServletRequest request, String name) {
        return Optional.ofNullable(request.getParameter(name)).orElse("");
    }
}
