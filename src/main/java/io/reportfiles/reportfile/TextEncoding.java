package io.reportfiles.reportfile;

import java.util.Arrays;
import java.util.Optional;

/** How the characters of a text are written as bytes, as far as that can be known from the bytes alone. */
public enum TextEncoding {
    /** UTF-8 with or without a byte order mark; a text of ASCII alone is one. */
    UTF_8("utf-8"),

    /** UTF-16 that begins with a byte order mark, which says in which order its bytes are. */
    UTF_16("utf-16");

    private final String charset;

    TextEncoding(String charset) {
        this.charset = charset;
    }

    /** What the {@code charset} parameter of a media type calls it. */
    public String charset() {
        return charset;
    }

    /** The one that {@link #charset} calls so. */
    static Optional<TextEncoding> of(String charset) {
        return Arrays.stream(values())
                .filter(one -> one.charset.equals(charset))
                .findFirst();
    }
}
