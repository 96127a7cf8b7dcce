package io.reportfiles.web;

import io.reportfiles.web.http.RequestIds;
import io.reportfiles.web.problem.ProblemException;
import io.reportfiles.web.problem.ProblemResponse;
import io.reportfiles.web.problem.ProblemType;
import io.reportfiles.web.problem.ProblemWriter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.Optional;
import java.util.Set;

/**
 * Answers every failure below it with a problem, and requests that are malformed or have a method nobody knows. Once
 * the head is sent a failure goes on to the container, which breaks the connection: no error page is declared for
 * exceptions, since a container that shows one after the first byte ends the body cleanly.
 */
public class ProblemFilter extends HttpFilter {

    private static final long serialVersionUID = 1L;

    private static final String API = "/api";

    private static final Logger LOG = System.getLogger(ProblemFilter.class.getName());

    private static final Set<String> METHODS =
            Set.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE");

    @Override
    protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        HttpServletResponse answering = new ProblemResponse(
                request, request.getServletPath().equals(API) ? new GoneClientResponse(response) : response);
        try {
            requireWellFormed(request);
            chain.doFilter(request, answering);
        } catch (IOException | ServletException | RuntimeException | Error failure) {
            if (response.isCommitted()) {
                throw failure;
            }
            write(request, answering, failure);
        }
    }

    private static void write(HttpServletRequest request, HttpServletResponse response, Throwable failure) {
        try {
            ProblemWriter.write(request, response, failure);
        } catch (IOException gone) {
            LOG.log(Level.DEBUG, "the client left before its answer, request {0}: {1}", RequestIds.of(request), gone);
        }
    }

    private static void requireWellFormed(HttpServletRequest request) {
        String query = Optional.ofNullable(request.getQueryString()).orElse("");
        if (query.length() > RequestTarget.MAX_QUERY) {
            throw new ProblemException(
                    ProblemType.URI_TOO_LONG,
                    "The query is longer than %d characters.".formatted(RequestTarget.MAX_QUERY));
        }
        HeaderFields.requireWellFormed(request);
        RequestTarget.defectOfPath(request.getRequestURI()).ifPresent(ProblemFilter::refuse);
        RequestTarget.defectOfQuery(query).ifPresent(ProblemFilter::refuse);
        if (request.isRequestedSessionIdFromURL()) { // Payara takes one from behind an encoded semicolon, too
            refuse("The address names a session. Sessions are named by cookies alone.");
        }
        if (request.getMethod().equals("TRACE")) { // it would show cookies to a script
            throw new ProblemException(ProblemType.METHOD_NOT_ALLOWED, "TRACE is not allowed.");
        }
        if (!METHODS.contains(request.getMethod())) {
            throw new ProblemException(ProblemType.NOT_IMPLEMENTED, "No address here takes this method.");
        }
    }

    private static void refuse(String defect) {
        throw new ProblemException(ProblemType.INVALID_INPUT, defect);
    }
}
