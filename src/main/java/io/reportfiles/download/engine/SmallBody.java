package io.reportfiles.download.engine;

import io.reportfiles.storage.ObjectStoreException;
import io.reportfiles.storage.ObjectTruncatedException;
import java.io.IOException;

/**
 * Reads a body that fits into one buffer, before anything is promised to its reader. A store that breaks off in the middle
 * of an answer is asked for the rest. Bytes that are not those that were submitted are asked for once more: only damage
 * that repeats is in the store, and not on the way from there.
 *
 * @param reader at the first byte; the caller releases it
 * @param healing for how long to ask for the rest
 */
record SmallBody(BodyReader reader, RetryBackoff healing) {

    /**
     * Reads it to its end. The thread waits in the pauses.
     *
     * @throws ObjectStoreException if the store does not answer, or goes on breaking off
     * @throws IntegrityException if the same file was found to be damaged twice
     */
    byte[] read(int length) throws IOException {
        try {
            reader.openFirst();
        } catch (ObjectTruncatedException brokenAnswer) {
            healing.pause(brokenAnswer);
        }
        try {
            return readOn(length);
        } catch (IntegrityException perhapsOnTheWay) {
            reader.rewind();
            return readOn(length);
        }
    }

    private byte[] readOn(int length) throws IOException {
        byte[] bytes = new byte[length];
        int count = 0;
        while (!reader.isAtEnd()) {
            try {
                reader.openFirst();
                count += reader.read(bytes, count, length - count);
            } catch (ObjectStoreException failure) {
                healing.pause(failure);
            }
        }
        return bytes;
    }
}
