package io.reportfiles.persistence;

import java.util.regex.Pattern;

/** Makes text from outside fit into a column. */
public final class ColumnText {

    private static final Pattern FORGING = Pattern.compile("[\\p{Cc}\\u2028\\u2029]");

    private ColumnText() {}

    /** At most {@code max} characters, without those that would forge lines of a listing. */
    public static String cut(String text, int max) {
        String plain = FORGING.matcher(text).replaceAll(" ");
        if (plain.length() <= max) {
            return plain;
        }
        // Half of a character that Java writes as two is none, and PostgreSQL refuses it.
        return plain.substring(0, Character.isHighSurrogate(plain.charAt(max - 1)) ? max - 1 : max);
    }
}
