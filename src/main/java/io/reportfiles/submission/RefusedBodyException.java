package io.reportfiles.submission;

import io.reportfiles.web.problem.ProblemException;
import io.reportfiles.web.problem.ProblemType;
import java.io.IOException;

/**
 * The body of a submission is not acceptable, or did not arrive whole: the client's failure, not the store's. It is an
 * {@link IOException} so that it passes through the store as the failure of its source.
 */
public final class RefusedBodyException extends IOException {

    private static final long serialVersionUID = 1L;

    private final transient ProblemException problem;

    private RefusedBodyException(ProblemException problem, Throwable cause) {
        super(problem.getMessage(), cause);
        this.problem = problem;
    }

    /** What was sent is wrong. */
    static RefusedBodyException of(ProblemException problem) {
        return new RefusedBodyException(problem, problem);
    }

    /** Something in the body is wrong, to be blamed on one field. */
    static RefusedBodyException invalid(String field, String message) {
        return of(ProblemException.invalid(field, message));
    }

    /** The body ended, or broke, before it was whole. */
    static RefusedBodyException cutOff(Throwable cause) {
        return new RefusedBodyException(
                new ProblemException(
                        ProblemType.INVALID_INPUT,
                        "The body ended before all of it had arrived; nothing was stored. Send it again."),
                cause);
    }

    /** No further byte arrived for too long. */
    static RefusedBodyException timedOut(Throwable cause) {
        return new RefusedBodyException(
                new ProblemException(
                        ProblemType.REQUEST_TIMEOUT, "The body stopped arriving; nothing was stored. Send it again."),
                cause);
    }

    /** What to answer. */
    public ProblemException problem() {
        return problem;
    }
}
