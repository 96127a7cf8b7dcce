package io.reportfiles.signin.oidc;

import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Arrays;
import java.util.Optional;

/** The cookie with a {@link Flow}; sent to this application's sign-in only, and for the time that a sign-in may take. */
final class FlowCookie {

    static final String CALLBACK = "/login/oidc/callback";

    private static final String NAME = "report-files-signon";
    private static final int MAX_AGE_SECONDS = 600;

    private FlowCookie() {}

    static void set(HttpServletRequest request, HttpServletResponse response, Flow flow) {
        write(request, response, flow.cookie(), MAX_AGE_SECONDS);
    }

    static void remove(HttpServletRequest request, HttpServletResponse response) {
        write(request, response, "", 0);
    }

    static Optional<Flow> find(HttpServletRequest request) {
        return Optional.ofNullable(request.getCookies()).stream()
                .flatMap(Arrays::stream)
                .filter(cookie -> cookie.getName().equals(NAME))
                .map(Cookie::getValue)
                .flatMap(value -> Flow.parse(value).stream())
                .findFirst();
    }

    /** Where the provider sends the browser back to: as the browser itself called this application. */
    static String callbackAddress(HttpServletRequest request) {
        return address(request, CALLBACK);
    }

    /** An address of this application. */
    static String address(HttpServletRequest request, String path) {
        return "%s://%s%s%s".formatted(request.getScheme(), request.getHeader("Host"), request.getContextPath(), path);
    }

    // By hand: what the servers make of a cookie's attributes differs, and one of them knows no SameSite.
    private static void write(HttpServletRequest request, HttpServletResponse response, String value, int maxAge) {
        response.addHeader(
                "Set-Cookie",
                "%s=%s; Path=%s/login/oidc; Max-Age=%d; HttpOnly; SameSite=Lax%s"
                        .formatted(NAME, value, request.getContextPath(), maxAge, isSecure(request) ? "; Secure" : ""));
    }

    /** As the session's cookie is: a proxy that nobody told us of may have ended TLS. */
    private static boolean isSecure(HttpServletRequest request) {
        return request.isSecure()
                || request.getServletContext().getSessionCookieConfig().isSecure();
    }
}
