package io.reportfiles.storage;

/**
 * The store does not answer, answers that it can not now, or breaks off: time-outs, refused and reset connections, names
 * that do not resolve, no free connection in the pool, status 5xx and throttling. Trying again later may help; the
 * client has already tried as often as configured.
 */
public final class StoreUnavailableException extends ObjectStoreException {

    private static final long serialVersionUID = 1L;

    /** Found by us, not told by the store. */
    public StoreUnavailableException(String message) {
        super(message);
    }

    /**
     * Told by the store or its client.
     *
     * @param requestId the store's id of the request, empty when unknown
     */
    public StoreUnavailableException(String message, String requestId, Throwable cause) {
        super(message, requestId, cause);
    }

    @Override
    public boolean mayPass() {
        return true;
    }
}
