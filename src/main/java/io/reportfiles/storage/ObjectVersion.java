package io.reportfiles.storage;

import java.util.Objects;
import java.util.Optional;

/**
 * Pins one version of one object: what it names is these bytes and no others.
 *
 * @param bucket where the object lives
 * @param key its name there
 * @param versionId the store's name for the version; empty when the bucket does not keep versions, or can't be asked for
 *     them by their names, and then the entity tag alone pins the bytes
 * @param eTag the store's opaque entity tag, kept <em>without</em> the quotes it has in an HTTP header (they are dropped
 *     here when given), since stores disagree about sending them
 */
public record ObjectVersion(String bucket, ObjectKey key, Optional<String> versionId, String eTag) {

    /** Refuses blank names and drops the quotes around the entity tag. */
    public ObjectVersion {
        Objects.requireNonNull(key, "key");
        eTag = withoutQuotes(eTag);
        if (bucket.isBlank()
                || eTag.isBlank()
                || versionId.filter(String::isBlank).isPresent()) {
            throw new IllegalArgumentException("blank bucket, version id or entity tag for " + key);
        }
    }

    private static String withoutQuotes(String eTag) {
        boolean quoted = eTag.length() >= 2 && eTag.startsWith("\"") && eTag.endsWith("\"");
        return quoted ? eTag.substring(1, eTag.length() - 1) : eTag;
    }
}
