/**
 * How bytes get from the object store to the socket without holding a thread, a connection to S3 or more than a bounded
 * buffer for a reader who is slow. Knows no report files and decides no access.
 */
package io.reportfiles.download.engine;
