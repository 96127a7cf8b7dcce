/**
 * Submitting a report file: the request is understood while it streams, and its bytes go on to the object store
 * without stopping anywhere. One path serves both forms of the request, and every failure on it leaves nothing behind.
 * Where bytes are kept, what a report file is and who may submit are decided in other packages.
 */
package io.reportfiles.submission;
