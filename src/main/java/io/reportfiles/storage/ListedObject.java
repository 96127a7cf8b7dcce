package io.reportfiles.storage;

import java.time.Instant;
import java.util.Optional;

/**
 * One version of an object, or the mark of a deletion, in a list of the bucket.
 *
 * @param key as it stands there; another writer's may be no {@link ObjectKey}
 * @param versionId the store's name for it, {@value #UNVERSIONED} where it was written without versions; empty where the
 *     store knows no versions
 * @param deletion whether it is a mark and no object
 * @param size number of bytes, 0 for a mark
 * @param since when it came there, by the store's clock
 */
public record ListedObject(String key, Optional<String> versionId, boolean deletion, long size, Instant since) {

    /** What S3 calls the version of an object that was written while the bucket kept none. */
    public static final String UNVERSIONED = "null";

    /** Whether this is the version that was pinned by that id, or by none. */
    public boolean isVersion(Optional<String> pinned) {
        return !deletion && versionId.filter(id -> !id.equals(UNVERSIONED)).equals(pinned);
    }
}
