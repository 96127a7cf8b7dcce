package io.reportfiles.web.http;

import java.io.ByteArrayOutputStream;
import java.util.HexFormat;
import java.util.Optional;

/** Percent-encoded bytes (RFC 3986 §2.1), as query strings and extended header parameters hold them. */
public final class PercentEncoding {

    private static final int ESCAPED = "%00".length();

    private PercentEncoding() {}

    /** The bytes meant by {@code text}, empty where it holds a broken escape or a character past U+00FF. */
    public static Optional<byte[]> decode(String text) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(text.length());
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '%') {
                if (i + ESCAPED > text.length()
                        || !HexFormat.isHexDigit(text.charAt(i + 1))
                        || !HexFormat.isHexDigit(text.charAt(i + 2))) {
                    return Optional.empty();
                }
                bytes.write(HexFormat.fromHexDigits(text, i + 1, i + ESCAPED));
                i += ESCAPED - 1;
            } else if (c <= 0xFF) {
                bytes.write(c);
            } else {
                return Optional.empty();
            }
        }
        return Optional.of(bytes.toByteArray());
    }
}
