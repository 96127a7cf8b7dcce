package io.reportfiles.storage;

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
}
