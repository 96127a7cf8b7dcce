package io.reportfiles.signin;

import io.reportfiles.account.Identity;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpSession;
import java.io.Serializable;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * A browser that signed in, at the sign-in page or at an identity provider. The session is the only thing that lives on one
 * node: it holds no more than this, and where {@link LogoutServlet} is to send the browser; everything else is read from the
 * database with each request. When the node goes away, the browser signs in again.
 *
 * @param accountId the account that signed in
 * @param epoch that of the account's sessions at that time: a changed password ends all sessions, and so does signing
 *     out everywhere, on every node and whatever their clocks say
 * @param signedInAt when it signed in
 */
record BrowserSession(UUID accountId, int epoch, Instant signedInAt) implements Serializable {

    private static final String ATTRIBUTE = BrowserSession.class.getName();
    private static final String SET_COOKIE = "Set-Cookie";

    static BrowserSession of(Identity identity, Instant now) {
        return new BrowserSession(identity.caller().accountId(), identity.sessionEpoch(), now);
    }

    /** The session that a request belongs to, empty if there is none or nobody signed in. */
    static Optional<BrowserSession> find(HttpServletRequest request) {
        return Optional.ofNullable(request.getSession(false))
                .map(session -> session.getAttribute(ATTRIBUTE))
                .filter(BrowserSession.class::isInstance)
                .map(BrowserSession.class::cast);
    }

    /** Whether the account may still act through this session. */
    boolean isOf(Identity identity) {
        return identity.isActive() && identity.sessionEpoch() == epoch;
    }

    /** Whether its time is not over, however busy it was. */
    boolean isAliveAt(Instant now, Duration lifetime) {
        return now.isBefore(signedInAt.plus(lifetime));
    }

    /**
     * Starts this session with an id that nobody knew before the sign-in, so that an id that somebody planted in the
     * browser opens nothing.
     */
    void start(HttpServletRequest request, HttpServletResponse response, Duration timeout) {
        end(request);
        HttpSession session = request.getSession(true);
        request.changeSessionId(); // a server may give a new session the id that the browser asked for
        session.setMaxInactiveInterval(Math.toIntExact(timeout.toSeconds()));
        session.setAttribute(ATTRIBUTE, this);
        restrictCookie(response, request.isSecure() ? "; Secure" : "");
    }

    /**
     * Keeps other sites from sending the cookie along, and a browser from sending it in the clear where a proxy has ended
     * TLS. Payara has written the header by now and can't be configured to add this; WildFly writes it later and adds the
     * former by undertow-handlers.conf.
     */
    private static void restrictCookie(HttpServletResponse response, String secure) {
        List<String> cookies = List.copyOf(response.getHeaders(SET_COOKIE));
        for (int i = 0; i < cookies.size(); i++) {
            String cookie = cookies.get(i);
            String lax = cookie.contains("; SameSite=") ? cookie : cookie + "; SameSite=Lax";
            String restricted = lax.contains("; Secure") ? lax : lax + secure;
            if (i == 0) {
                response.setHeader(SET_COOKIE, restricted); // replaces all of them
            } else {
                response.addHeader(SET_COOKIE, restricted);
            }
        }
    }

    /** Ends whatever session the request belongs to. */
    static void end(HttpServletRequest request) {
        Optional.ofNullable(request.getSession(false)).ifPresent(HttpSession::invalidate);
    }
}
