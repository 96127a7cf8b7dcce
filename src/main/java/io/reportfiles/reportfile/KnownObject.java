package io.reportfiles.reportfile;

import io.reportfiles.storage.ObjectKey;
import java.util.Optional;

/**
 * What a row says should be, or should not be, in the store.
 *
 * @param id the report file
 * @param key where its bytes are, were or come
 * @param state where it is in its life
 * @param stored its bytes, of a file that was published
 * @param cleanupOwed whether a failed submission still waits for that
 */
public record KnownObject(
        ReportFileId id, ObjectKey key, ReportFileState state, Optional<StoredFile> stored, boolean cleanupOwed) {}
