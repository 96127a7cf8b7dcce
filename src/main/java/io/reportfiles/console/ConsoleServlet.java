package io.reportfiles.console;

import io.reportfiles.web.Redirect;
import io.reportfiles.web.problem.ProblemException;
import io.reportfiles.web.problem.ProblemType;
import jakarta.inject.Inject;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** {@code /console/}: the one page of the console, which refers to the present scripts and styles. */
@WebServlet({"/console", "/console/*"})
public class ConsoleServlet extends HttpServlet {

    private static final long serialVersionUID = 1L;

    private static final String PAGE = "/WEB-INF/console.html";

    @Inject
    private transient Assets assets;

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        String path = Optional.ofNullable(request.getPathInfo()).orElse("");
        if (path.isEmpty()) { // what the page refers to is relative to the folder
            Redirect.found(response, request.getContextPath() + "/console/");
        } else if (path.equals("/")) {
            send(response);
        } else {
            throw new ProblemException(ProblemType.NOT_FOUND, "There is no such page.");
        }
    }

    private void send(HttpServletResponse response) throws IOException {
        byte[] page =
                read().replace("../assets/", "../assets/" + assets.hash() + "/").getBytes(StandardCharsets.UTF_8);
        response.setContentType("text/html;charset=UTF-8");
        response.setHeader("Cache-Control", "no-cache");
        response.setContentLength(page.length);
        response.getOutputStream().write(page);
    }

    private String read() throws IOException {
        try (InputStream in = getServletContext().getResourceAsStream(PAGE)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
