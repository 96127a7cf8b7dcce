package io.reportfiles.web;

import jakarta.servlet.http.HttpServletResponse;

/**
 * Sends a client on. Unlike {@code sendRedirect} it leaves an address without a host as it is: a proxy may hide our real
 * name.
 */
public final class Redirect {

    private Redirect() {}

    /** What was asked for is there (RFC 9110 §15.4.3). */
    public static void found(HttpServletResponse response, String target) {
        send(response, HttpServletResponse.SC_FOUND, target);
    }

    /** Goes on there with GET, whatever was asked (RFC 9110 §15.4.4); no cache keeps that. */
    public static void seeOther(HttpServletResponse response, String target) {
        send(response, HttpServletResponse.SC_SEE_OTHER, target);
        response.setHeader("Cache-Control", "no-store");
    }

    private static void send(HttpServletResponse response, int status, String target) {
        response.setStatus(status);
        response.setHeader("Location", target);
    }
}
