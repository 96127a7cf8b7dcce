package io.reportfiles.storage;

import java.io.IOException;
import java.util.Optional;

/**
 * The store could not do what it was asked. The message is for operators: it names the object and what was expected,
 * and no credentials. The cause is kept, and so is the store's own id of the request, for asking its operator about it.
 */
public abstract sealed class ObjectStoreException extends IOException
        permits ObjectMissingException,
                ObjectChangedException,
                ObjectTruncatedException,
                StoreUnavailableException,
                StoreRefusedException,
                StoreBusyException {

    private static final long serialVersionUID = 1L;

    private final String requestId; // empty: unknown

    ObjectStoreException(String message) {
        super(message);
        this.requestId = "";
    }

    ObjectStoreException(String message, String requestId, Throwable cause) {
        super(message, cause);
        this.requestId = requestId;
    }

    /** The store's id of the request that failed, where it answered with one. */
    public Optional<String> requestId() {
        return Optional.of(requestId).filter(id -> !id.isEmpty());
    }

    /** Whether the same call may succeed a little later without anybody doing anything about it. */
    public abstract boolean mayPass();
}
