package io.reportfiles.web;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
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
        ByteArrayOutputStream octets = new ByteArrayOutputStream(raw.length());
        for (int i = 0; i < raw.length(); i++) {
            int octet = raw.charAt(i);
            if (octet == '%') {
                if (!isEscape(raw, i)) {
                    return Optional.of("The address holds a % that is not followed by two hexadecimal digits.");
                }
                octet = HexFormat.fromHexDigits(raw, i + 1, i + 3);
                i += 2;
            }
            if (octet <= lastForbidden) {
                return Optional.of("The address holds a control character.");
            }
            if (octet > 0xff) {
                return Optional.of("The address holds a character that is not percent-encoded.");
            }
            octets.write(octet);
        }
        return isUtf8(octets.toByteArray()) ? Optional.empty() : Optional.of("The address is not encoded in UTF-8.");
    }

    private static boolean isEscape(String raw, int at) {
        return at + 2 < raw.length()
                && HexFormat.isHexDigit(raw.charAt(at + 1))
                && HexFormat.isHexDigit(raw.charAt(at + 2));
    }

    private static boolean isUtf8(byte[] octets) {
        try {
            StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(octets));
            return true;
        } catch (CharacterCodingException e) {
            return false;
        }
    }
}
