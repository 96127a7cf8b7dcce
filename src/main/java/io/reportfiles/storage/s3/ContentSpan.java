package io.reportfiles.storage.s3;

import io.reportfiles.storage.ByteRange;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Which bytes an answer says it carries.
 *
 * @param offset zero-based position of the first, -1 if the answer does not say
 * @param length how many, -1 if the answer does not say
 */
record ContentSpan(long offset, long length) {

    // RFC 9110 §14.4
    private static final Pattern CONTENT_RANGE = Pattern.compile("bytes (\\d{1,18})-(\\d{1,18})/(\\d{1,18}|\\*)");

    private static final Pattern NUMBER = Pattern.compile("\\d{1,18}");

    /**
     * Reads the span of a 206 from {@code Content-Range}; a 200 without it begins at the beginning. A proxy may have put
     * chunks in the place of {@code Content-Length}, so the range alone is enough.
     */
    static ContentSpan of(Optional<String> contentRange, Optional<String> contentLength) {
        long length = contentLength
                .filter(text -> NUMBER.matcher(text).matches())
                .map(Long::parseLong)
                .orElse(-1L);
        if (contentRange.isEmpty()) {
            return new ContentSpan(0, length);
        }
        Matcher range = CONTENT_RANGE.matcher(contentRange.get());
        if (!range.matches()) {
            return new ContentSpan(-1, length);
        }
        long first = Long.parseLong(range.group(1));
        long last = Long.parseLong(range.group(2));
        boolean agree = contentLength.isEmpty() || last - first + 1 == length;
        return new ContentSpan(first, agree ? last - first + 1 : -1);
    }

    /** Whether an object that has this part ends before another part of it would. */
    static boolean endsBefore(Optional<String> contentRange, ByteRange part) {
        return contentRange
                .map(CONTENT_RANGE::matcher)
                .filter(range -> range.matches() && !range.group(3).equals("*"))
                .filter(range -> Long.parseLong(range.group(3)) < part.end())
                .isPresent();
    }

    @Override
    public String toString() {
        return "%d bytes from %d".formatted(length, offset);
    }
}
