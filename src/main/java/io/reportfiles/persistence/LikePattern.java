package io.reportfiles.persistence;

import java.util.Locale;

/** Patterns for {@code lower(x) like :pattern escape '!'}. */
public final class LikePattern {

    private LikePattern() {}

    /** Matches what has {@code text} in it, literally; the wildcards of SQL have no meaning in it. */
    public static String containing(String text) {
        return "%" + text.toLowerCase(Locale.ROOT).replaceAll("([!%_])", "!$1") + "%";
    }
}
