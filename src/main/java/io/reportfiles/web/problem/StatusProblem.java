package io.reportfiles.web.problem;

import jakarta.ws.rs.core.Response;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** The problem for a status that a container or a library decided on without telling more. */
final class StatusProblem {

    private static final Map<ProblemType, String> DETAILS = Map.ofEntries(
            Map.entry(ProblemType.INVALID_INPUT, "The request is malformed."),
            Map.entry(ProblemType.UNAUTHENTICATED, "Sign in to continue."),
            Map.entry(ProblemType.FORBIDDEN, "This is not allowed here."),
            Map.entry(ProblemType.NOT_FOUND, "There is nothing at this address."),
            Map.entry(ProblemType.METHOD_NOT_ALLOWED, "This address does not take this method."),
            Map.entry(ProblemType.NOT_ACCEPTABLE, "None of the media types asked for is available here."),
            Map.entry(ProblemType.CONTENT_TOO_LARGE, "The request is larger than what is accepted."),
            Map.entry(ProblemType.UNSUPPORTED_MEDIA_TYPE, "The media type of the request's body is not accepted here."),
            Map.entry(ProblemType.INTERNAL_ERROR, "Something went wrong on our side."),
            Map.entry(ProblemType.NOT_IMPLEMENTED, "No address here takes this method."),
            Map.entry(ProblemType.BUSY, "The service is not available at present. Try again soon."));

    private StatusProblem() {}

    /**
     * The problem of {@code status}; one that is not in our table keeps its number and has no type of its own (RFC 9457
     * §4.2.1).
     */
    static Problem of(int status) {
        return Arrays.stream(ProblemType.values())
                .filter(type -> type.status() == status && (status != 503 || type == ProblemType.BUSY))
                .findFirst()
                .map(type -> Problem.of(type, DETAILS.getOrDefault(type, type.title() + ".")))
                .orElseGet(() -> untyped(status));
    }

    private static Problem untyped(int status) {
        Response.Status known = Response.Status.fromStatusCode(status);
        String title = known == null ? "Request failed" : known.getReasonPhrase();
        return new Problem("about:blank", title, status, title + ".", List.of(), Map.of());
    }
}
