package io.reportfiles.submission.tus;

import io.reportfiles.reportfile.ReportFileDetails;
import java.time.Instant;
import java.util.Optional;

/**
 * What a client is told about an upload.
 *
 * @param offset the bytes that will not be lost any more; all of them only when the report file is available
 * @param expiresAt when the upload is given up unless somebody goes on with it
 * @param file the available report file that it has become
 */
record UploadState(long offset, Instant expiresAt, Optional<ReportFileDetails> file) {}
