package io.reportfiles.download.http;

import io.reportfiles.download.http.ContentDisposition.Presentation;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Arrays;
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
public record RequestHead(Method method, Map<String, List<String>> fields, Presentation presentation) {

    private static final List<String> FIELDS =
            List.of("If-Match", "If-None-Match", "If-Modified-Since", "If-Unmodified-Since", "If-Range", "Range");

    /** The methods that are answered with a plan. */
    enum Method {
        GET,
        HEAD
    }

    public RequestHead {
        Map<String, List<String>> copy = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        copy.putAll(fields);
        fields = Collections.unmodifiableMap(copy);
    }

    /** The method of a request, and the headers that decide its answer. */
    public static RequestHead of(HttpServletRequest request) {
        Map<String, List<String>> fields = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        for (String name : FIELDS) {
            List<String> values = Collections.list(request.getHeaders(name));
            if (!values.isEmpty()) {
                fields.put(name, values);
            }
        }
        String query = Optional.ofNullable(request.getQueryString()).orElse("");
        return new RequestHead(Method.valueOf(request.getMethod()), fields, presentation(query));
    }

    /** Asked of the query as it stands: the container would look for parameters in the body of a GET, too. */
    static Presentation presentation(String query) {
        return Arrays.stream(query.split("&", -1))
                        .filter(pair -> pair.startsWith("disposition="))
                        .findFirst()
                        .filter("disposition=inline"::equals)
                        .isPresent()
                ? Presentation.INLINE
                : Presentation.ATTACHMENT;
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
