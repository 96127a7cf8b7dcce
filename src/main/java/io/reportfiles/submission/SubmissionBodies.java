package io.reportfiles.submission;

import io.reportfiles.web.http.HeaderParameters;
import io.reportfiles.web.problem.ProblemException;
import io.reportfiles.web.problem.ProblemType;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Tells the two forms of a submission apart. */
final class SubmissionBodies {

    private static final String FORM = "multipart/form-data";

    private SubmissionBodies() {}

    /**
     * The body of {@code request}, of which nothing has been read yet.
     *
     * @param pace what is asked of its sender
     * @throws ProblemException if it is neither a form nor a plain file
     */
    static SubmissionBody of(HttpServletRequest request, MinimumRate pace) throws IOException {
        ClientBody.requireUnencoded(request);
        if (request.getHeader("Content-Range") != null) { // RFC 9110 §14.5
            throw ProblemException.invalid("Content-Range", "A file is submitted whole, not in ranges.");
        }
        Optional<String> sha256 = sha256(request);
        ClientBody body = new ClientBody(request.getInputStream(), request.getContentLengthLong(), pace);
        String contentType = Optional.ofNullable(request.getContentType()).orElse("");
        String mediaType = contentType.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
        if (mediaType.equals(FORM)) {
            return new FormBody(
                    body, Optional.ofNullable(parameters(contentType).get("boundary")), sha256);
        }
        if (mediaType.startsWith("multipart/") || mediaType.equals("application/x-www-form-urlencoded")) {
            throw new ProblemException(
                    ProblemType.UNSUPPORTED_MEDIA_TYPE,
                    "Send the file in a form of type %s, or as the whole body with a Content-Type of its own,"
                                    .formatted(FORM)
                            + " such as application/octet-stream; %s is neither.".formatted(mediaType));
        }
        return new RawBody(body, Optional.ofNullable(request.getQueryString()), sha256);
    }

    private static Optional<String> sha256(HttpServletRequest request) {
        Map<String, String> digests = new HashMap<>();
        for (String name : DigestFields.NAMES) {
            List<String> lines = Collections.list(request.getHeaders(name));
            if (!lines.isEmpty()) {
                digests.put(name, String.join(",", lines));
            }
        }
        return DigestFields.sha256(digests);
    }

    private static Map<String, String> parameters(String contentType) {
        try {
            return HeaderParameters.parse(contentType);
        } catch (IllegalArgumentException e) {
            throw ProblemException.invalid("Content-Type", "The Content-Type of the form is malformed.");
        }
    }
}
