package io.reportfiles.storage.s3;

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
    private static final Pattern CONTENT_RANGE = Pattern.compile("bytes (\\d{1,18})-(\\d{1,18})/(?:\\d+|\\*)");

    private static final Pattern NUMBER = Pattern.compile("\\d{1,18}");

    /** What a 206 says in {@code Content-Range}; a 200 without it begins at the beginning. */
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
        return new ContentSpan(first, last - first + 1 == length ? length : -1);
    }

    @Override
    public String toString() {
        return "%d bytes from %d".formatted(length, offset);
    }
}
