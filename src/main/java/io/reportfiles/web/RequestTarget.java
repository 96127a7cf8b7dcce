package io.reportfiles.web;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.reportfiles.web.http.PercentEncoding;
import io.reportfiles.web.http.StrictUtf8;
import java.util.Optional;

/**
 * Finds what is wrong with a request's path or query before anybody decodes it, each server and library in its own
 * lenient way.
 */
final class RequestTarget {

    /** More characters than any of our lists can be asked with. */
    static final int MAX_QUERY = 8000;

    private RequestTarget() {}

    /** What is wrong with a path as it was sent, still percent-encoded: one sentence, empty when it is fine. */
    static Optional<String> defectOfPath(String raw) {
        int parameter = raw.indexOf(';');
        // A mail program may add one to a link; with nothing behind it, it is no parameter.
        return parameter >= 0 && parameter < raw.length() - 1
                ? Optional.of("The address holds a parameter behind a semicolon. There are none here.")
                : defectOf(raw, 0x1f);
    }

    /** What is wrong with a query as it was sent, still percent-encoded; line breaks may be searched for, NUL may not. */
    static Optional<String> defectOfQuery(String raw) {
        return defectOf(raw, 0);
    }

    private static Optional<String> defectOf(String raw, int lastForbidden) {
        if (raw.chars().anyMatch(character -> character > 0xff)) {
            return Optional.of("The address holds a character that is not percent-encoded.");
        }
        Optional<byte[]> octets = PercentEncoding.decode(raw);
        if (octets.isEmpty()) {
            return Optional.of("The address holds a % that is not followed by two hexadecimal digits.");
        }
        if (new String(octets.get(), ISO_8859_1).chars().anyMatch(octet -> octet <= lastForbidden)) {
            return Optional.of("The address holds a control character.");
        }
        return StrictUtf8.decode(octets.get()).isPresent()
                ? Optional.empty()
                : Optional.of("The address is not encoded in UTF-8.");
    }
}
