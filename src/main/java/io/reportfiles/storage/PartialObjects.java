package io.reportfiles.storage;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;

/**
 * Stores objects that come in pieces, at different times and through different nodes. Nothing is remembered between two
 * calls but what {@link PartialObject} says, and that is kept by the caller. Many threads may call at once, but only one
 * at a time goes on with one object: two do no harm to what is stored as long as they bring the same bytes, and the
 * caller decides whose progress counts.
 *
 * <p>Failures are those of {@link ObjectStore}. What is left of an object that nobody goes on with is removed by {@link
 * ObjectStore#abandon} of its key, tails included.
 */
public interface PartialObjects {

    /** Told how far an object has come. For the thread that brings the bytes. */
    interface Progress {

        /**
         * The store has confirmed another part. A tail that the object had before is not needed any more once this has
         * been noted, and is not removed by the store.
         *
         * @param crc32c of the part
         * @throws IOException if whoever brings the bytes shall not go on; {@link PartialObjects#append} ends with it
         */
        void partStored(PartialObject now, int crc32c) throws IOException;

        /** As {@link #partStored}, of what is too short for a part. */
        void tailStored(PartialObject now) throws IOException;

        /** Whether so much time has passed since that what has come meanwhile should be stored, short as it is. */
        boolean isDue();
    }

    /** The largest object that can be stored in pieces, in bytes. */
    long largest();

    /**
     * Begins an object; nothing becomes visible.
     *
     * @param key a name never used before
     * @param size number of bytes it will have, at most {@link #largest}
     * @throws ObjectTooLargeException if it is larger than that
     */
    PartialObject begin(ObjectKey key, long size) throws IOException;

    /**
     * Stores what {@code source} yields, up to its end, behind what is there, and leaves it open. Whatever ends the
     * source, what it yielded before is stored and told to {@code progress} first.
     *
     * @throws ObjectTooLargeException if the source has more than what is missing; its last bytes are not stored then
     * @throws StoreBusyException if no buffer became free soon enough
     * @throws ObjectStoreException if the store fails; what was told to {@code progress} is kept
     * @throws IOException the very exception that {@code source} or {@code progress} threw
     */
    void append(PartialObject soFar, InputStream source, Progress progress) throws IOException;

    /**
     * Makes the object of its parts; it is visible when this method returns. Can be repeated when it is not known
     * whether that succeeded. Its tails are gone then, also those that nobody knows of.
     *
     * @param crc32cOfParts what was told of each part, in order
     * @throws ObjectMissingException if the store has neither the parts nor the object
     */
    StoredObject finish(PartialObject whole, List<Integer> crc32cOfParts) throws ObjectStoreException;
}
