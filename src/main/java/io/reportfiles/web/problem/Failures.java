package io.reportfiles.web.problem;

import io.reportfiles.web.http.RequestIds;
import jakarta.servlet.http.HttpServletRequest;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Turns a failed request into its answer, and tells the log what the client is not told. */
final class Failures {

    private static final Logger LOG = System.getLogger(Failures.class.getName());

    private static final int MOST_CAUSES = 5;

    private Failures() {}

    static ProblemAnswer answer(HttpServletRequest request, Throwable failure) {
        Problem problem = ProblemTable.problemOf(failure);
        log(request, problem, failure);
        return ProblemAnswer.to(RequestFacts.of(request), problem);
    }

    /** Logs the one line of a failed request; a defect's with its stack trace. */
    static void log(HttpServletRequest request, Problem problem, Throwable failure) {
        Level level = problem.status() == ProblemType.INTERNAL_ERROR.status()
                ? Level.ERROR
                : problem.isOurs() ? Level.WARNING : Level.DEBUG;
        if (!LOG.isLoggable(level)) {
            return;
        }
        String line = "%s %s answered %d, request %s: %s"
                .formatted(
                        oneLine(request.getMethod()),
                        oneLine(request.getRequestURI()),
                        problem.status(),
                        RequestIds.of(request),
                        oneLine(withCauses(failure)));
        if (level == Level.ERROR) {
            LOG.log(level, line, failure);
        } else {
            LOG.log(level, line);
        }
    }

    /** What a client is told of a server that is away is one sentence; why it is stands in the causes. */
    private static String withCauses(Throwable failure) {
        return Stream.iterate(failure, Objects::nonNull, Throwable::getCause)
                .limit(MOST_CAUSES)
                .map(Throwable::toString)
                .collect(Collectors.joining(", caused by "));
    }

    // Whatever a client sent may stand in there.
    private static String oneLine(String text) {
        return text.replaceAll("\\p{Cntrl}+", " ");
    }
}
