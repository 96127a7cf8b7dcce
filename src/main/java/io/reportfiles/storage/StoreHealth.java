package io.reportfiles.storage;

import java.util.Objects;

/**
 * How the store is doing, for the readiness check and the start-up log.
 *
 * @param state whether files can be stored and read
 * @param summary one sentence for an operator, without credentials
 */
public record StoreHealth(State state, String summary) {

    /** Whether files can be stored and read. */
    public enum State {
        /** The bucket answers and keeps versions. */
        READY,
        /** Files can be stored and read, but a safety net is missing: the summary says which. */
        DEGRADED,
        /** Files can be neither stored nor read. */
        DOWN
    }

    /** Refuses a health that says nothing. */
    public StoreHealth {
        Objects.requireNonNull(state, "state");
        if (summary.isBlank()) {
            throw new IllegalArgumentException("a health needs a summary");
        }
    }

    /** Whether files can be stored and read; what readiness asks. */
    public boolean isUsable() {
        return state != State.DOWN;
    }
}
