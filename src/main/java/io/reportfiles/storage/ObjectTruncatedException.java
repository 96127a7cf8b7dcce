package io.reportfiles.storage;

/**
 * The store's answer ended before all bytes it had promised arrived. Opening the rest again may help: it is how a
 * broken connection often shows.
 */
public final class ObjectTruncatedException extends ObjectStoreException {

    private static final long serialVersionUID = 1L;

    /** Found by us, not told by the store. */
    public ObjectTruncatedException(String message) {
        super(message);
    }

    /**
     * Told by the store or its client.
     *
     * @param requestId the store's id of the request, empty when unknown
     */
    public ObjectTruncatedException(String message, String requestId, Throwable cause) {
        super(message, requestId, cause);
    }

    @Override
    public boolean mayPass() {
        return true;
    }
}
