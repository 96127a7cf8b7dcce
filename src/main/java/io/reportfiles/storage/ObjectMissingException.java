package io.reportfiles.storage;

/**
 * The object, or the version of it that was asked for, does not exist. Trying again does not help.
 */
public final class ObjectMissingException extends ObjectStoreException {

    private static final long serialVersionUID = 1L;

    /** Found by us, not told by the store. */
    public ObjectMissingException(String message) {
        super(message);
    }

    /**
     * Told by the store or its client.
     *
     * @param requestId the store's id of the request, empty when unknown
     */
    public ObjectMissingException(String message, String requestId, Throwable cause) {
        super(message, requestId, cause);
    }

    @Override
    public boolean mayPass() {
        return false;
    }
}
