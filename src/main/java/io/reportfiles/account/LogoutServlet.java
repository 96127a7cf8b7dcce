package io.reportfiles.account;

import io.reportfiles.web.ProblemException;
import io.reportfiles.web.ProblemType;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

/** {@code POST /logout}: ends the browser session. */
@WebServlet("/logout")
public class LogoutServlet extends HttpServlet {

    private static final long serialVersionUID = 1L;

    @Override
    protected void doPost(HttpServletRequest request, HttpServletResponse response) {
        if (SameOrigin.of(request) == SameOrigin.NO) {
            throw new ProblemException(ProblemType.FORBIDDEN, "The request to sign out was sent by another site.");
        }
        BrowserSession.end(request);
        LoginServlet.redirect(response, request.getContextPath() + "/login");
    }
}
