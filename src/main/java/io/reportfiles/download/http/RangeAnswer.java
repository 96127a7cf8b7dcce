package io.reportfiles.download.http;

import io.reportfiles.storage.ByteRange;
import java.util.List;

/** What a {@code Range} header comes to for a file of known size (RFC 9110 §14.2). */
sealed interface RangeAnswer {

    /** No header, or one that may be ignored: 200. */
    record Whole() implements RangeAnswer {}

    /** One run of bytes: 206. */
    record Part(ByteRange range) implements RangeAnswer {}

    /**
     * Several runs of bytes: 206 with {@code multipart/byteranges}.
     *
     * @param ranges at least two, in the order asked for, none overlapping or touching another
     */
    record Parts(List<ByteRange> ranges) implements RangeAnswer {
        public Parts {
            ranges = List.copyOf(ranges);
            if (ranges.size() < 2) {
                throw new IllegalArgumentException("%d ranges (expected at least 2)".formatted(ranges.size()));
            }
        }
    }

    /**
     * None of the ranges asked for lies in the file: 416, naming the size (§15.5.17).
     *
     * @param size of the file in bytes
     */
    record Unsatisfiable(long size) implements RangeAnswer {}

    /**
     * Reads a {@code Range} header.
     *
     * @param header the header's value
     * @param size of the file in bytes
     */
    static RangeAnswer of(String header, long size) {
        return RangeHeader.parse(header).map(set -> set.resolve(size)).orElseGet(Whole::new);
    }
}
