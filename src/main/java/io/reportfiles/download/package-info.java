/**
 * A report file's way to the reader: who may have it, what the ledger is told, and who loses the right to it on the way.
 * What a request is answered is decided in {@code http}, without a server; {@code engine} brings the bytes from the object
 * store to the socket. Files of the application itself take the same way ({@link io.reportfiles.download.PublicFiles}).
 * Knows nothing of how files are submitted.
 */
package io.reportfiles.download;
