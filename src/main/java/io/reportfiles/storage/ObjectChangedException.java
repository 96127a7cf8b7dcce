package io.reportfiles.storage;

/**
 * What is stored is not what was pinned: another entity tag, another version or another size. Trying again does not
 * help, and none of its bytes may reach a reader.
 */
public final class ObjectChangedException extends ObjectStoreException {

    private static final long serialVersionUID = 1L;

    /** Found by us, not told by the store. */
    public ObjectChangedException(String message) {
        super(message);
    }

    /**
     * Told by the store or its client.
     *
     * @param requestId the store's id of the request, empty when unknown
     */
    public ObjectChangedException(String message, String requestId, Throwable cause) {
        super(message, requestId, cause);
    }

    @Override
    public boolean mayPass() {
        return false;
    }
}
