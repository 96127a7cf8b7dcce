package io.reportfiles.storage;

import java.util.Objects;

/**
 * An object the store has confirmed.
 *
 * @param version what to open it by, as the store named it in its answer to the upload
 * @param size number of bytes stored, 0 or more
 */
public record StoredObject(ObjectVersion version, long size) {

    /** Refuses a negative size. */
    public StoredObject {
        Objects.requireNonNull(version, "version");
        if (size < 0) {
            throw new IllegalArgumentException("size %d (expected >= 0)".formatted(size));
        }
    }
}
