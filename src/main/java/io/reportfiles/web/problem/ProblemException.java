package io.reportfiles.web.problem;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A request can't be answered as asked. Whoever knows the reason throws it; one filter turns it into
 * an answer.
 */
public class ProblemException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final ProblemType type;
    private final transient List<FieldError> errors;
    private final transient Optional<Duration> retryAfter;
    private final transient Map<String, String> headers;

    /**
     * A failure with one sentence for the person who gets it.
     *
     * @param detail what was wrong and what is accepted; no internals
     */
    public ProblemException(ProblemType type, String detail) {
        this(type, detail, Map.of());
    }

    /**
     * A failure whose status wants further header fields.
     *
     * @param headers fields to set, such as {@code Allow} or {@code Content-Range}
     */
    public ProblemException(ProblemType type, String detail, Map<String, String> headers) {
        this(type, detail, List.of(), Optional.empty(), headers, Optional.empty());
    }

    private ProblemException(
            ProblemType type,
            String detail,
            List<FieldError> errors,
            Optional<Duration> retryAfter,
            Map<String, String> headers,
            Optional<Throwable> cause) {
        super(detail, cause.orElse(null));
        this.type = type;
        this.errors = List.copyOf(errors);
        this.retryAfter = retryAfter;
        this.headers = Map.copyOf(headers);
    }

    /** Invalid input, with every reason at once; {@code errors} must not be empty. */
    public static ProblemException invalid(List<FieldError> errors) {
        String detail = errors.size() == 1
                ? errors.get(0).message()
                : "%d values are not accepted; see errors.".formatted(errors.size());
        return new ProblemException(
                ProblemType.INVALID_INPUT, detail, errors, Optional.empty(), Map.of(), Optional.empty());
    }

    /** Content that was understood and is not acceptable, with every reason at once; {@code errors} must not be empty. */
    public static ProblemException unprocessable(List<FieldError> errors) {
        String detail = errors.size() == 1
                ? errors.get(0).message()
                : "The file is not acceptable for %d reasons; see errors.".formatted(errors.size());
        return new ProblemException(
                ProblemType.UNPROCESSABLE_CONTENT, detail, errors, Optional.empty(), Map.of(), Optional.empty());
    }

    /** Invalid input in one field. */
    public static ProblemException invalid(String field, String message) {
        return invalid(List.of(new FieldError(field, message)));
    }

    /** As {@link #retryLater(ProblemType, String, Duration, Throwable)}, of a failure that is nobody's fault. */
    public static ProblemException retryLater(ProblemType type, String detail, Duration retryAfter) {
        return new ProblemException(type, detail, List.of(), Optional.of(retryAfter), Map.of(), Optional.empty());
    }

    /** A failure that may pass: the answer carries {@code Retry-After} (RFC 9110 §10.2.3), rounded up to seconds. */
    public static ProblemException retryLater(ProblemType type, String detail, Duration retryAfter, Throwable cause) {
        return new ProblemException(type, detail, List.of(), Optional.of(retryAfter), Map.of(), Optional.of(cause));
    }

    /** The row of the status table. */
    public ProblemType type() {
        return type;
    }

    /** What was wrong, field by field; empty where no field is to blame. */
    public List<FieldError> errors() {
        return errors;
    }

    /** After what time another try makes sense. */
    public Optional<Duration> retryAfter() {
        return retryAfter;
    }

    /** Header fields of the answer. */
    public Map<String, String> headers() {
        return headers;
    }
}
