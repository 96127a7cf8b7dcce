package io.reportfiles.web.http;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Map;

/** What every answer tells a browser not to do. Files that people submitted replace the policy by a stricter one. */
public final class SecurityHeaders {

    /** Our own scripts, styles and images, Bootstrap's images in its style sheet, and nothing of anybody else. */
    private static final String CONTENT_POLICY = "default-src 'none'; script-src 'self'; style-src 'self'; "
            + "img-src 'self' data:; font-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; "
            + "frame-ancestors 'none'";

    private static final Map<String, String> HEADERS = Map.of(
            "Content-Security-Policy", CONTENT_POLICY,
            "X-Content-Type-Options", "nosniff",
            "X-Frame-Options", "DENY",
            "Referrer-Policy", "same-origin",
            "Cross-Origin-Opener-Policy", "same-origin",
            "Cross-Origin-Resource-Policy", "same-origin");

    private SecurityHeaders() {}

    /** Sets them on an answer that has not begun. */
    public static void apply(HttpServletRequest request, HttpServletResponse response) {
        HEADERS.forEach(response::setHeader);
        if (request.getRequestURI().startsWith(request.getContextPath() + "/api/")) {
            response.setHeader("Cache-Control", "no-store"); // not on a disk that others may read
        }
        if (request.isSecure()) {
            // For a year the browser asks this host by HTTPS only, also where a link says otherwise (RFC 6797).
            response.setHeader("Strict-Transport-Security", "max-age=31536000");
        }
    }
}
