package io.reportfiles.reportfile;

import io.reportfiles.storage.ObjectKey;

/**
 * A submission of which traces may be left in the store.
 *
 * @param id its report file
 * @param key where its bytes went
 * @param organisation code of the organisation it was for
 */
public record Abandoned(ReportFileId id, ObjectKey key, String organisation) {}
