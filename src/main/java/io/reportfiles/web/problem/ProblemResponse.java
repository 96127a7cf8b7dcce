package io.reportfiles.web.problem;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpServletResponseWrapper;
import java.io.IOException;
import java.util.Map;

/** A response on which {@code sendError} sends a problem instead of the container's own page. */
public final class ProblemResponse extends HttpServletResponseWrapper {

    private final HttpServletRequest request;

    public ProblemResponse(HttpServletRequest request, HttpServletResponse response) {
        super(response);
        this.request = request;
    }

    @Override
    public void sendError(int status, String message) throws IOException {
        sendError(status);
    }

    /** The message a caller may have is dropped: containers put class names and paths into it. */
    @Override
    public void sendError(int status) throws IOException {
        if (status < 400) {
            super.sendError(status);
            return;
        }
        String allow = getHeader("Allow");
        Problem problem = StatusProblem.of(status);
        ProblemWriter.write(request, this, allow == null ? problem : problem.withHeaders(Map.of("Allow", allow)));
    }
}
