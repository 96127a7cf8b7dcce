package io.reportfiles.operations;

import io.reportfiles.persistence.DatabaseStart;
import io.reportfiles.web.problem.ProblemException;
import io.reportfiles.web.problem.ProblemType;
import jakarta.inject.Inject;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import java.util.List;

/** Answers 503 to what needs the database until its schema is up to date; afterwards it lets everything pass. */
public class DatabaseReadyFilter extends HttpFilter {

    private static final long serialVersionUID = 1L;

    private static final Duration RETRY_AFTER = Duration.ofSeconds(10);
    private static final List<String> NEED_IT = List.of("/api/", "/files/", "/files.zip", "/login", "/uploads");

    @Inject
    private transient DatabaseStart database;

    @Override
    protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        String path = request.getRequestURI().substring(request.getContextPath().length());
        if (!database.isReady() && NEED_IT.stream().anyMatch(path::startsWith)) {
            throw ProblemException.retryLater(
                    ProblemType.DATABASE_UNAVAILABLE,
                    "The database can't be used yet. Try again soon.",
                    RETRY_AFTER,
                    new IllegalStateException("the schema is not up to date"));
        }
        chain.doFilter(request, response);
    }
}
