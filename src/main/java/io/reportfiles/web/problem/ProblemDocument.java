package io.reportfiles.web.problem;

import io.reportfiles.web.http.RequestIds;
import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObjectBuilder;

/** A problem as JSON (RFC 9457 §3). */
final class ProblemDocument {

    static final String CONTENT_TYPE = "application/problem+json";

    private ProblemDocument() {}

    /** The document. */
    static String render(Problem problem, String requestId) {
        JsonObjectBuilder document = Json.createObjectBuilder()
                .add("type", problem.type())
                .add("title", problem.title())
                .add("status", problem.status())
                .add("detail", problem.detail())
                .add("instance", RequestIds.uri(requestId));
        if (!problem.errors().isEmpty()) {
            JsonArrayBuilder errors = Json.createArrayBuilder();
            problem.errors()
                    .forEach(error -> errors.add(Json.createObjectBuilder()
                            .add("field", error.field())
                            .add("message", error.message())));
            document.add("errors", errors);
        }
        return document.build().toString();
    }
}
