package io.reportfiles.ledger;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The part of a file that was asked for.
 *
 * @param first zero-based position of its first byte
 * @param length number of bytes, 1 or more
 */
public record TransferRange(long first, long length) {

    public TransferRange {
        if (first < 0 || length < 1) {
            throw new IllegalArgumentException("first %d, length %d".formatted(first, length));
        }
    }

    /** Zero-based position after its last byte. */
    public long end() {
        return first + length;
    }

    /** As a {@code Range} header writes them: {@code 0-99,200-299}. */
    static String text(List<TransferRange> ranges) {
        return ranges.stream()
                .map(range -> "%d-%d".formatted(range.first(), range.end() - 1))
                .collect(Collectors.joining(","));
    }

    /** The ranges that {@link #text} has written. */
    static List<TransferRange> parse(String text) {
        return Arrays.stream(text.split(","))
                .map(part -> part.split("-"))
                .map(ends -> {
                    long first = Long.parseLong(ends[0]);
                    return new TransferRange(first, Long.parseLong(ends[1]) + 1 - first);
                })
                .toList();
    }
}
