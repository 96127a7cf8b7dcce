package io.reportfiles.catalogue;

import java.util.regex.Pattern;

/** What the codes of organisations, regions and sections look like: safe in a path, a query and an object key. */
public final class Codes {

    /** A letter or digit of ASCII, then up to 31 of these and {@code . _ -}. */
    public static final String PATTERN = "[A-Za-z0-9][A-Za-z0-9._-]{0,31}";

    /** The pattern in a sentence. */
    public static final String ACCEPTED =
            "A code has 1 to 32 letters, digits or . _ - and begins with a letter or digit.";

    private static final Pattern COMPILED = Pattern.compile(PATTERN);

    private Codes() {}

    /** Whether {@code text} could be a code. */
    public static boolean isCode(String text) {
        return COMPILED.matcher(text).matches();
    }
}
