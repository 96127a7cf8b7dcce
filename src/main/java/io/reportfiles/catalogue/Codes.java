package io.reportfiles.catalogue;

import io.reportfiles.web.problem.ProblemException;
import java.util.regex.Pattern;

/** What the codes of organisations, regions and sections look like: safe in a path, a query and an object key. */
public final class Codes {

    /** A letter or digit of ASCII, then up to 31 of these and {@code . _ -}. */
    public static final String PATTERN = "[A-Za-z0-9][A-Za-z0-9._-]{0,31}";

    /** The pattern in a sentence. */
    public static final String ACCEPTED =
            "A code has 1 to 32 letters, digits or . _ - and begins with a letter or digit.";

    /**
     * What names look like: anything without control characters, which listings and databases do not take, and without those
     * that turn the direction of what stands around them.
     */
    static final String ONE_LINE = "[^\\p{Cc}\\x{2028}\\x{2029}\\x{202a}-\\x{202e}\\x{2066}-\\x{2069}]*";

    private static final Pattern COMPILED = Pattern.compile(PATTERN);

    private Codes() {}

    /** Whether {@code text} could be a code. */
    public static boolean isCode(String text) {
        return COMPILED.matcher(text).matches();
    }

    /** The code of something new, as a client sent it: absent or malformed, it is invalid input of {@code code}. */
    static String require(String code) {
        if (code == null || !isCode(code)) {
            throw ProblemException.invalid("code", ACCEPTED);
        }
        return code;
    }
}
