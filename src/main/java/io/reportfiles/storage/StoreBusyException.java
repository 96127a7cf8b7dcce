package io.reportfiles.storage;

/**
 * The store is fine, but our own buffers for uploads are all taken. Nothing was sent. Trying again a little later helps.
 */
public final class StoreBusyException extends ObjectStoreException {

    private static final long serialVersionUID = 1L;

    /** Found by us, not told by the store. */
    public StoreBusyException(String message) {
        super(message);
    }

    /**
     * Told by the store or its client.
     *
     * @param requestId the store's id of the request, empty when unknown
     */
    public StoreBusyException(String message, String requestId, Throwable cause) {
        super(message, requestId, cause);
    }

    @Override
    public boolean mayPass() {
        return true;
    }
}
