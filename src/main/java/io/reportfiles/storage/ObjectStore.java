package io.reportfiles.storage;

import java.io.IOException;
import java.io.InputStream;

/**
 * Keeps the bytes of report files under opaque keys; sizes and offsets count bytes. Many threads may call an
 * implementation at once; a stream it hands out belongs to one thread at a time. Every call may block for as long as
 * the store's time-outs allow, so none is made while a transaction or a database connection is held.
 *
 * <p>Failures of the store are members of {@link ObjectStoreException}; an implementation has already retried what its
 * client retries. A thread that is interrupted while it waits gets a {@link StoreUnavailableException} and keeps its
 * interrupt status.
 */
public interface ObjectStore {

    /**
     * Opens part of one object version. Returns when the store has begun to answer and its answer was found to be
     * exactly this part of exactly this version; a failure of which nothing must be promised to a reader is thrown from
     * here. The caller owns the stream and closes it; until then it holds one connection to the store.
     *
     * @param version which bytes, as returned by {@link #store}
     * @param part which of them; all of it has to lie inside the object
     * @throws ObjectMissingException if the object or this version of it does not exist
     * @throws ObjectChangedException if something else is stored there, or the object is not long enough for the part
     * @throws ObjectTruncatedException if the answer is not what was asked for, as when a proxy cut it; later may succeed
     * @throws StoreUnavailableException if the store does not answer, or no connection to it is free; later may succeed
     * @throws StoreRefusedException if the store does not let us read it
     */
    ObjectContent open(ObjectVersion version, ByteRange part) throws ObjectStoreException;

    /**
     * Stores what {@code source} yields, up to its end, and leaves {@code source} open. It is read only by the calling
     * thread, and not past byte {@code maxBytes + 1}. The bytes pass through buffers of a budget shared by all calls; of
     * a large object a few parts are on their way to the store while the next is being read.
     *
     * <p>The object becomes visible when this method returns. A store whose last answer was lost is asked whether it is there;
     * if all of it is, that is no failure. On any failure nothing becomes visible and what was sent
     * is removed again as far as the store can be reached; {@link #abandon} removes what a crash left. A key is used for
     * one call only: what an interrupted call may have left under it is deleted, whoever put it there.
     *
     * @param key a name never used before
     * @param source what to store; zero bytes are an object, too
     * @param maxBytes the most to accept, at least 0
     * @return what the store has confirmed
     * @throws ObjectTooLargeException if {@code source} yields more than {@code maxBytes}, or more than the store or its
     *     buffer budget can take as one object
     * @throws StoreBusyException if no buffer became free soon enough; later may succeed
     * @throws ObjectStoreException if the store fails
     * @throws IOException the very exception {@code source} threw, if reading from it failed
     */
    StoredObject store(ObjectKey key, InputStream source, long maxBytes) throws IOException;

    /**
     * Deletes one object version for good. Deleting what does not exist succeeds.
     *
     * @throws StoreUnavailableException if the store does not answer; nothing may be assumed about the object then
     * @throws StoreRefusedException if the store does not let us delete it
     */
    void delete(ObjectVersion version) throws ObjectStoreException;

    /**
     * Removes every trace of a key: unfinished uploads are aborted, all versions are deleted, and the
     * {@linkplain ObjectKey#tail tails} with it. For cleaning up after an upload that was cut off by a crash; can be repeated until it succeeds, and succeeds when there is nothing.
     *
     * @throws StoreUnavailableException if the store does not answer; some of it may be gone by then
     * @throws StoreRefusedException if the store does not let us list or delete
     */
    void abandon(ObjectKey key) throws ObjectStoreException;

    /** Asks the store how it is doing. Takes no longer than the store's time-outs, and never throws. */
    StoreHealth check();
}
