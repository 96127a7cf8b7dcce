package io.reportfiles.storage;

import java.time.Instant;

/**
 * An unfinished upload in a list of the bucket.
 *
 * @param key of the object that was to be; another writer's may be no {@link ObjectKey}
 * @param id the store's name for the upload
 * @param since when it was begun, by the store's clock
 */
public record ListedUpload(String key, String id, Instant since) {}
