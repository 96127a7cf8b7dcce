package io.reportfiles.download.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.reportfiles.web.http.PortableName;
import java.text.Normalizer;
import java.util.HexFormat;
import java.util.regex.Pattern;

/**
 * Writes {@code Content-Disposition} (RFC 6266): {@code filename} in plain ASCII for old recipients, and
 * {@code filename*} (RFC 8187) with the {@linkplain PortableName portable name} in full.
 */
final class ContentDisposition {

    /** What a browser may show by itself, on request: types that run nothing in our origin, and texts that it can read. */
    private static final Pattern MAY_BE_INLINE =
            Pattern.compile("(?:text/(?:plain|csv)\\s*;\\s*charset=.+|application/pdf)", Pattern.CASE_INSENSITIVE);

    private static final String ATTR_CHARS =
            "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789!#$&+-.^_`|~";

    private static final HexFormat UPPER_CASE = HexFormat.of().withUpperCase();

    private ContentDisposition() {}

    /** How the content is to be treated. */
    enum Presentation {
        ATTACHMENT,
        INLINE
    }

    /** The header for a file, inline only where asked for and harmless. */
    static String of(String filename, String contentType, Presentation wanted) {
        boolean inline = wanted == Presentation.INLINE
                && MAY_BE_INLINE.matcher(contentType).matches();
        String portable = PortableName.of(filename).value();
        return "%s; filename=\"%s\"; filename*=UTF-8''%s"
                .formatted(inline ? "inline" : "attachment", asciiFallback(portable), extended(portable));
    }

    /**
     * Accents are dropped, everything else that some recipient might misread becomes an underscore (RFC 6266 app. D), so
     * that nothing but the name's own ASCII is left: no escapes, no path, no second parameter. It is made portable anew, for
     * without its accent a name may be that of a device.
     */
    private static String asciiFallback(String filename) {
        StringBuilder ascii = new StringBuilder(filename.length());
        Normalizer.normalize(filename, Normalizer.Form.NFC).codePoints().forEach(c -> {
            boolean accent = Character.getType(c) == Character.NON_SPACING_MARK;
            if (!accent || ascii.length() == 0 || !Character.isLetter(ascii.charAt(ascii.length() - 1))) {
                ascii.append(plainest(c));
            }
        });
        return PortableName.of(ascii.toString()).value();
    }

    private static char plainest(int codePoint) {
        if (codePoint <= 0x7f) {
            return codePoint < 0x20 || codePoint == 0x7f || "\"\\%;/".indexOf(codePoint) >= 0 ? '_' : (char) codePoint;
        }
        char base = Normalizer.normalize(Character.toString(codePoint), Normalizer.Form.NFD)
                .charAt(0);
        return base <= 0x7f && Character.isLetter(base) ? base : '_';
    }

    /** {@code value-chars} of RFC 8187 §3.2.1. */
    private static String extended(String filename) {
        StringBuilder encoded = new StringBuilder(filename.length());
        for (byte octet : filename.getBytes(UTF_8)) {
            if (octet > 0 && ATTR_CHARS.indexOf(octet) >= 0) {
                encoded.append((char) octet);
            } else {
                encoded.append('%').append(UPPER_CASE.toHexDigits(octet));
            }
        }
        return encoded.toString();
    }
}
