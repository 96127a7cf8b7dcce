/**
 * A report file's way to the reader: what a request is answered ({@link io.reportfiles.download.DownloadPlan}, pure),
 * and how the bytes get from the object store to the socket without holding a thread, an S3 connection or more than a
 * bounded buffer for a reader who is slow. Files of the
 * application itself take the same way ({@link io.reportfiles.download.PublicFiles}). Knows nothing of how files are submitted.
 */
package io.reportfiles.download;
