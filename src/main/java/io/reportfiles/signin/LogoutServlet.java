package io.reportfiles.signin;

import io.reportfiles.web.Redirect;
import io.reportfiles.web.problem.ProblemException;
import io.reportfiles.web.problem.ProblemType;
import io.reportfiles.web.text.Html;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** {@code POST /logout}: ends the browser session. */
@WebServlet(value = "/logout", asyncSupported = true)
public class LogoutServlet extends HttpServlet {

    private static final long serialVersionUID = 1L;

    private static final String NEXT = LogoutServlet.class.getName() + ".next";

    private static final String PAGE = """
            <!DOCTYPE html>
            <html lang="en">
            <head><meta charset="utf-8"><title>Signing out – Report Files</title></head>
            <body><p><a href="{next}">Sign out at the identity provider</a></p></body>
            </html>
            """;

    /** Has the browser go to {@code address} after signing out of the session that it has now. */
    public static void goOnWith(HttpServletRequest request, URI address) {
        Optional.ofNullable(request.getSession(false))
                .ifPresent(session -> session.setAttribute(NEXT, address.toString()));
    }

    @Override
    protected void doPost(HttpServletRequest request, HttpServletResponse response) throws IOException {
        if (SameOrigin.of(request) == SameOrigin.NO) {
            throw new ProblemException(ProblemType.FORBIDDEN, "The request to sign out was sent by another site.");
        }
        Optional<String> next = Optional.ofNullable(request.getSession(false))
                .map(session -> session.getAttribute(NEXT))
                .map(String.class::cast);
        BrowserSession.end(request);
        if (next.isPresent()) {
            leaveFor(next.get(), response);
        } else {
            Redirect.seeOther(response, request.getContextPath() + "/login");
        }
    }

    /** By a page of our own, since the content policy forbids forms to lead elsewhere, redirects included. */
    private static void leaveFor(String address, HttpServletResponse response) throws IOException {
        byte[] page = PAGE.replace("{next}", Html.escape(address)).getBytes(StandardCharsets.UTF_8);
        response.setContentType("text/html;charset=UTF-8");
        response.setHeader("Refresh", "0;url=" + address);
        response.setHeader("Cache-Control", "no-store");
        response.setContentLength(page.length);
        response.getOutputStream().write(page);
    }
}
