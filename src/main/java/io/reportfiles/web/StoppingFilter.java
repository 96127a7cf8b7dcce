package io.reportfiles.web;

import io.reportfiles.web.problem.ProblemException;
import io.reportfiles.web.problem.ProblemType;
import jakarta.inject.Inject;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpServletResponseWrapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/**
 * Refuses new work while the node stops, and counts what is under way. A request that outlives the time it had is never
 * answered with a success that nobody decided on: containers end an interrupted one as 200 without a body.
 */
public final class StoppingFilter extends HttpFilter {

    private static final long serialVersionUID = 1L;

    private static final Duration RETRY_AFTER = Duration.ofSeconds(5);
    private static final String ADMITTED = StoppingFilter.class.getName();

    /** Methods that change nothing (RFC 9110 §9.2.1). */
    private static final Set<String> SAFE = Set.of("GET", "HEAD", "OPTIONS");

    /** Paths that tell how the node is. */
    private static final List<String> ALWAYS = List.of("/health/", "/metrics");

    @Inject
    private transient Stopping stopping;

    @Override
    protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        if (ALWAYS.stream().anyMatch(request.getServletPath()::startsWith)) {
            chain.doFilter(request, response);
            return;
        }
        stopping.enter(); // before the question, so that one who waits for all to leave sees this one or refuses it
        try {
            if (stopping.isBegun() && request.getAttribute(ADMITTED) == null) {
                response.setHeader("Connection", "close");
                throw stopping();
            }
            request.setAttribute(ADMITTED, true);
            answer(request, response, chain);
        } finally {
            stopping.leave();
        }
    }

    private void answer(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        Decided answer = new Decided(response);
        try {
            chain.doFilter(request, answer);
        } catch (ProblemException decided) {
            throw decided;
        } catch (RuntimeException | Error failure) { // what the code relies on may be gone
            if (stopping.isPatienceOver()) {
                throw brokenOff(request);
            }
            throw failure;
        }
        if (stopping.isPatienceOver() && !answer.isDecided() && !request.isAsyncStarted()) {
            throw brokenOff(request);
        }
    }

    private static ProblemException brokenOff(HttpServletRequest request) {
        return SAFE.contains(request.getMethod())
                ? stopping()
                : ProblemException.retryLater(
                        ProblemType.OUTCOME_UNKNOWN,
                        "This server was stopped before it could say whether this was done. Look before you send it again.",
                        RETRY_AFTER);
    }

    private static ProblemException stopping() {
        return ProblemException.retryLater(
                ProblemType.BUSY, "This server is being stopped. Send the request again.", RETRY_AFTER);
    }

    /** A response that knows whether anybody has said anything about it. */
    private static final class Decided extends HttpServletResponseWrapper {

        private boolean decided;

        Decided(HttpServletResponse response) {
            super(response);
        }

        boolean isDecided() {
            return decided || isCommitted();
        }

        @Override
        public void setStatus(int status) {
            decided = true;
            super.setStatus(status);
        }

        @Override
        public void sendError(int status) throws IOException {
            decided = true;
            super.sendError(status);
        }

        @Override
        public void sendError(int status, String message) throws IOException {
            decided = true;
            super.sendError(status, message);
        }

        @Override
        public void sendRedirect(String location) throws IOException {
            decided = true;
            super.sendRedirect(location);
        }

        @Override
        public ServletOutputStream getOutputStream() throws IOException {
            decided = true;
            return super.getOutputStream();
        }

        @Override
        public PrintWriter getWriter() throws IOException {
            decided = true;
            return super.getWriter();
        }
    }
}
