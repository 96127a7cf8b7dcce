package io.reportfiles.storage;

/**
 * The bytes of one part of one object version, on their way from the store. It yields exactly as many as the opened
 * part has, and says {@code -1} only after all of them: an answer that ends early is an exception. After an exception
 * the stream is spent, and the next byte can be had by opening the rest of the part again.
 *
 * <p>Owned by one thread at a time and not safe for two. A read blocks no longer than the store's read time-out.
 */
public abstract class ObjectContent extends BulkInputStream {

    /** For implementations. */
    protected ObjectContent() {}

    /**
     * Reads what is there, at least one byte unless {@code length} is 0.
     *
     * @throws ObjectTruncatedException if the store ended its answer early
     * @throws StoreUnavailableException if the store stalls or the connection to it breaks
     */
    @Override
    public abstract int read(byte[] buffer, int offset, int length) throws ObjectStoreException;

    /**
     * Gives the connection back at once. What was not read is dropped, never drained. Does not fail, and can be repeated.
     */
    @Override
    public abstract void close();
}
