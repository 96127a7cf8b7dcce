package io.reportfiles.web.problem;

import io.reportfiles.web.text.PageTexts;
import java.util.List;
import java.util.Map;

/**
 * What is wrong with a request, as the client is told (RFC 9457 §3.1), before it is written as JSON or as a page.
 *
 * @param type the problem type's URI
 * @param status 400 to 599
 * @param detail one sentence for this occurrence; no internals
 * @param errors what was wrong, field by field; empty where no field is to blame
 * @param headers fields that belong to the status, such as {@code Allow}
 */
public record Problem(
        String type, String title, int status, String detail, List<FieldError> errors, Map<String, String> headers) {

    public Problem {
        errors = List.copyOf(errors);
        headers = Map.copyOf(headers);
    }

    public static Problem of(ProblemType type, String detail) {
        return new Problem(type.uri(), type.title(), type.status(), detail, List.of(), Map.of());
    }

    public Problem withErrors(List<FieldError> these) {
        return new Problem(type, title, status, detail, these, headers);
    }

    Problem withHeaders(Map<String, String> these) {
        return new Problem(type, title, status, detail, errors, these);
    }

    /** The same in the language that its reader prefers. */
    Problem in(PageTexts texts) {
        return new Problem(
                type,
                texts.say(title),
                status,
                texts.say(detail),
                errors.stream()
                        .map(error -> new FieldError(error.field(), texts.say(error.message())))
                        .toList(),
                headers);
    }

    /** Whether the server is to blame, or something behind it; a method that nobody knows is the client's fault. */
    boolean isOurs() {
        return status >= 500 && status != ProblemType.NOT_IMPLEMENTED.status();
    }
}
