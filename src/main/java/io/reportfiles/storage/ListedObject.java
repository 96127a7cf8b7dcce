package io.reportfiles.storage;

import java.time.Instant;
import java.util.Optional;

/**
 * One version of an object, or the mark of a deletion, in a list of the bucket.
 *
 * @param key as it stands there; another writer's may be no {@link ObjectKey}
 * @param versionId the store's name for it, {@code null} where it was written without versions; empty where the
 *     store knows no versions
 * @param deletion whether it is a mark and no object
 * @param eTag its entity tag without quotes, empty for a mark
 * @param size number of bytes, 0 for a mark
 * @param since when it came there, by the store's clock
 */
public record ListedObject(
        String key, Optional<String> versionId, boolean deletion, String eTag, long size, Instant since) {

    /** Whether {@code pin} names this: by its version or, where one of the two has none, by its entity tag. */
    public boolean isPinnedBy(ObjectVersion pin) {
        boolean same = (versionId.isEmpty() || pin.versionId().isEmpty())
                ? eTag.equals(pin.eTag())
                : versionId.equals(pin.versionId());
        return !deletion && key.equals(pin.key().value()) && same;
    }
}
