package io.reportfiles.web;

import io.reportfiles.web.problem.ProblemException;
import io.reportfiles.web.problem.ProblemType;
import jakarta.servlet.http.HttpServletRequest;
import java.nio.charset.Charset;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Refuses requests whose head is not well-formed: that name several hosts, or none that can be, so that no address is made of
 * what is none (RFC 9112 §3.2). And refuses header fields that are longer than anybody needs, before anybody parses them: the parsers of servers and
 * libraries were not all written for a client that wants to keep them busy.
 */
final class HeaderFields {

    /** Half of what the servers take of a whole head; the longest that anybody needs are cookies of other applications. */
    static final int LONGEST = 16_384;

    /** A name or an address, with or without a port (RFC 3986 §3.2.2). */
    private static final Pattern HOST =
            Pattern.compile("(?:[A-Za-z0-9._~%!$&'()*+,;=-]{1,255}+|\\[[0-9A-Fa-f:.]{2,45}+])(?::\\d{0,5}+)?+");

    /** Where RESTEasy looks for weights. */
    private static final List<String> WEIGHTED = List.of("Accept", "Content-Type");

    /** A weight that is none, or the last thing before a comma: RESTEasy fails at either. */
    private static final Pattern NO_WEIGHT = Pattern.compile("(?i);\\s*+q\\s*+(?:[;,]|\\z|=\\s*+"
            + "(?!(?:\\d{1,3}(?:\\.\\d{0,9})?|\\.\\d{1,9})\\s*+(?:;|,\\s*+[^,\\s]|\\z)))");

    /** A charset in which an answer is wanted. */
    private static final Pattern CHARSET = Pattern.compile("(?i);\\s*+charset\\s*+=\\s*+\"?+([^\\s;,\"]*+)");

    private HeaderFields() {}

    /**
     * Looks at all fields of a request.
     *
     * @throws ProblemException 431 if all lines of one field are too long together; 400 if its host is not one, or a media type
     *     has a weight that is no number; 406 for a charset that is not known
     */
    static void requireWellFormed(HttpServletRequest request) {
        for (String name : Collections.list(request.getHeaderNames())) {
            List<String> lines = Collections.list(request.getHeaders(name));
            if (lines.stream().mapToInt(String::length).sum() > LONGEST) {
                throw new ProblemException(
                        ProblemType.HEADER_FIELDS_TOO_LARGE,
                        "A header field of the request is longer than %d characters.".formatted(LONGEST),
                        Map.of("Connection", "close"));
            }
        }
        for (String name : WEIGHTED) {
            if (NO_WEIGHT
                    .matcher(String.join(",", Collections.list(request.getHeaders(name))))
                    .find()) {
                throw ProblemException.invalid(name, "%s is malformed.".formatted(name));
            }
        }
        CHARSET.matcher(String.join(",", Collections.list(request.getHeaders("Accept"))))
                .results()
                .map(charset -> charset.group(1))
                .forEach(HeaderFields::requireKnown);
        List<String> hosts = Collections.list(request.getHeaders("Host")); // none over HTTP/2
        if (hosts.size() > 1
                || !hosts.stream().allMatch(host -> HOST.matcher(host).matches())) {
            throw ProblemException.invalid("Host", "The request has to name one host.");
        }
    }

    /** Jersey fails at one that is not. */
    private static void requireKnown(String charset) {
        try {
            if (Charset.isSupported(charset) && Charset.forName(charset).canEncode()) {
                return;
            }
        } catch (IllegalArgumentException noName) {
            // said below
        }
        throw new ProblemException(ProblemType.NOT_ACCEPTABLE, "None of the media types asked for is available here.");
    }
}
