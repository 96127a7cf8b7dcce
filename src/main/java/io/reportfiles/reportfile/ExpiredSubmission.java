package io.reportfiles.reportfile;

import io.reportfiles.storage.ObjectKey;
import java.time.Instant;

/**
 * A submission of which traces may be left in the store.
 *
 * @param id its report file
 * @param key where its bytes went
 * @param debt since when a clean-up is due; what {@link Submissions#cleaned} wants to hear
 */
public record ExpiredSubmission(ReportFileId id, ObjectKey key, Instant debt) {}
