package io.reportfiles.persistence;

import java.util.Locale;

/** Patterns for {@code lower(x) like :pattern escape '!'}. */
public final class LikePattern {

    private LikePattern() {}

    /** Text as it is compared: in lower case. */
    public static String fold(String text) {
        return text.toLowerCase(Locale.ROOT);
    }

    /** Matches what has {@code text} in it, literally; the wildcards of SQL have no meaning in it. */
    public static String containing(String text) {
        return "%" + fold(text).replaceAll("([!%_])", "!$1") + "%";
    }
}
