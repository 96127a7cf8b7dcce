package io.reportfiles.submission;

import io.reportfiles.web.problem.ProblemException;
import io.reportfiles.web.problem.ProblemType;

/** What to say about a file that is too large. */
public final class SizeLimit {

    private SizeLimit() {}

    /** The answer to a file of more than {@code maxBytes} bytes (RFC 9110 §15.5.14). */
    public static ProblemException exceeded(long maxBytes) {
        return new ProblemException(
                ProblemType.CONTENT_TOO_LARGE,
                "The file is larger than the %,d bytes that are accepted here; nothing was stored."
                        .formatted(maxBytes));
    }
}
