package io.reportfiles.storage;

/**
 * The store answers, and will not do it: credentials missing or wrong, no permission, no such bucket, wrong region, a
 * request it does not know. Trying again does not help until somebody changes the configuration.
 */
public final class StoreRefusedException extends ObjectStoreException {

    private static final long serialVersionUID = 1L;

    /** Found by us, not told by the store. */
    public StoreRefusedException(String message) {
        super(message);
    }

    /**
     * Told by the store or its client.
     *
     * @param requestId the store's id of the request, empty when unknown
     */
    public StoreRefusedException(String message, String requestId, Throwable cause) {
        super(message, requestId, cause);
    }

    @Override
    public boolean mayPass() {
        return false;
    }
}
