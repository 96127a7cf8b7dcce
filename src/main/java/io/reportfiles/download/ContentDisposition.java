package io.reportfiles.download;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.text.Normalizer;
import java.util.Set;

/**
 * Writes {@code Content-Disposition} (RFC 6266): {@code filename} in plain ASCII for old recipients, and
 * {@code filename*} (RFC 8187) with the name as it is.
 */
final class ContentDisposition {

    /** What a browser may show by itself, on request: types that run nothing in our origin. */
    private static final Set<String> MAY_BE_INLINE = Set.of("text/plain", "text/csv", "application/pdf");

    private static final String ATTR_CHARS =
            "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789!#$&+-.^_`|~";

    private ContentDisposition() {}

    /** How the content is to be treated. */
    enum Presentation {
        ATTACHMENT,
        INLINE
    }

    /** The header for a file, inline only where asked for and harmless. */
    static String of(String filename, String contentType, Presentation wanted) {
        int parameters = contentType.indexOf(';');
        String type = parameters < 0
                ? contentType
                : contentType.substring(0, parameters).strip();
        boolean inline = wanted == Presentation.INLINE && MAY_BE_INLINE.contains(type);
        return "%s; filename=\"%s\"; filename*=UTF-8''%s"
                .formatted(inline ? "inline" : "attachment", asciiFallback(filename), extended(filename));
    }

    /** Accents are dropped, the rest of what some recipient might misread becomes an underscore (RFC 6266 app. D). */
    private static String asciiFallback(String filename) {
        StringBuilder ascii = new StringBuilder(filename.length());
        Normalizer.normalize(filename, Normalizer.Form.NFD)
                .codePoints()
                .filter(c -> Character.getType(c) != Character.NON_SPACING_MARK)
                .forEach(c -> ascii.append(c < 0x20 || c > 0x7e || "\"\\%;/".indexOf(c) >= 0 ? '_' : (char) c));
        return ascii.toString();
    }

    /** {@code value-chars} of RFC 8187 §3.2.1. */
    private static String extended(String filename) {
        StringBuilder encoded = new StringBuilder(filename.length());
        for (byte octet : filename.getBytes(UTF_8)) {
            if (octet > 0 && ATTR_CHARS.indexOf(octet) >= 0) {
                encoded.append((char) octet);
            } else {
                encoded.append('%').append("%02X".formatted(octet & 0xff));
            }
        }
        return encoded.toString();
    }
}
