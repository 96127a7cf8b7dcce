package io.reportfiles.audit;

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
}
