package io.reportfiles.storage;

import java.time.Instant;

/** Keeps small things under keys that say what they are, for several nodes that bring the same. Many threads may call. */
public interface PublishedObjects {

    /**
     * Stores {@code content}, unless it is there. Two who come at the same time may both store it: each gets a version
     * that has been seen to be {@code content}.
     *
     * @param content at most a few megabytes
     * @throws ObjectChangedException if something else is under the key; it stays
     * @throws StoreUnavailableException if the store does not answer; a later call may succeed
     * @throws StoreRefusedException if the store does not let us look or write
     */
    StoredObject publish(ObjectKey key, byte[] content, String contentType) throws ObjectStoreException;

    /**
     * Keeps a stored version from being deleted until some time, or for longer if it is kept already. That is for buckets
     * with Object Lock, in governance mode; elsewhere, and where the store does not let us, nothing happens.
     *
     * @return whether it is kept
     * @throws StoreUnavailableException if the store does not answer; a later call may succeed
     */
    boolean keep(ObjectVersion version, Instant until) throws ObjectStoreException;
}
