package io.reportfiles.download;

import io.reportfiles.download.ContentDisposition.Presentation;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The part of a request that decides how a download is answered.
 *
 * @param method GET or HEAD
 * @param fields the values of each header field, in the order received; names in any case
 * @param presentation how the reader wants the content treated
 */
record RequestHead(Method method, Map<String, List<String>> fields, Presentation presentation) {

    private static final List<String> FIELDS =
            List.of("If-Match", "If-None-Match", "If-Modified-Since", "If-Unmodified-Since", "If-Range", "Range");

    /** The methods that are answered with a plan. */
    enum Method {
        GET,
        HEAD
    }

    RequestHead {
        Map<String, List<String>> copy = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        copy.putAll(fields);
        fields = Collections.unmodifiableMap(copy);
    }

    static RequestHead of(HttpServletRequest request) {
        Map<String, List<String>> fields = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        for (String name : FIELDS) {
            List<String> values = Collections.list(request.getHeaders(name));
            if (!values.isEmpty()) {
                fields.put(name, values);
            }
        }
        boolean inline = "inline".equals(request.getParameter("disposition"));
        return new RequestHead(
                Method.valueOf(request.getMethod()), fields, inline ? Presentation.INLINE : Presentation.ATTACHMENT);
    }

    /** A field whose lines make up one list (RFC 9110 §5.3). */
    Optional<String> list(String name) {
        return Optional.ofNullable(fields.get(name)).map(values -> String.join(", ", values));
    }

    /** A field that may stand only once; one that is repeated is malformed and as good as none. */
    Optional<String> single(String name) {
        return Optional.ofNullable(fields.get(name))
                .filter(values -> values.size() == 1)
                .map(values -> OptionalSpace.strip(values.get(0)));
    }
}
