package io.reportfiles.download.http;

/** The white space that HTTP allows around list elements and field values (RFC 9110 §5.6.3): SP and HTAB, nothing else. */
final class OptionalSpace {

    private OptionalSpace() {}

    /** {@code text} without such space at its ends. */
    static String strip(String text) {
        int start = 0;
        int end = text.length();
        while (start < end && isSpace(text.charAt(start))) {
            start++;
        }
        while (end > start && isSpace(text.charAt(end - 1))) {
            end--;
        }
        return text.substring(start, end);
    }

    private static boolean isSpace(char c) {
        return c == ' ' || c == '\t';
    }
}
