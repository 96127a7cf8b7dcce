package io.reportfiles.storage;

import java.io.IOException;

/**
 * The source of an upload yields more bytes than one object may have. No failure of the store, hence no
 * {@link ObjectStoreException}; trying again with the same bytes does not help.
 */
public final class ObjectTooLargeException extends IOException {

    private static final long serialVersionUID = 1L;

    private final long maxBytes;

    /**
     * Names the limit that was passed.
     *
     * @param maxBytes the most that would have been accepted
     */
    public ObjectTooLargeException(long maxBytes) {
        super("more than the %d bytes accepted".formatted(maxBytes));
        this.maxBytes = maxBytes;
    }

    /** The most bytes that would have been accepted. */
    public long maxBytes() {
        return maxBytes;
    }
}
