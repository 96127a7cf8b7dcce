package io.reportfiles.storage;

/**
 * A run of bytes inside an object, never empty.
 *
 * @param offset zero-based position of the first byte
 * @param length number of bytes, at least 1
 */
public record ByteRange(long offset, long length) {

    /** Refuses a negative offset, an empty run, and one that ends past {@link Long#MAX_VALUE}. */
    public ByteRange {
        if (offset < 0 || length < 1 || length > Long.MAX_VALUE - offset) {
            throw new IllegalArgumentException(
                    "offset %d, length %d (expected >= 0, >= 1, sum <= %d)".formatted(offset, length, Long.MAX_VALUE));
        }
    }

    /**
     * All bytes of an object.
     *
     * @param size size of the object in bytes, at least 1: an object of no bytes has no part that could be opened
     */
    public static ByteRange whole(long size) {
        return new ByteRange(0, size);
    }

    /** Position of the first byte after the run. */
    public long end() {
        return offset + length;
    }
}
