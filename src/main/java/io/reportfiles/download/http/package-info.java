/**
 * What a request for a file is answered, by RFC 9110: preconditions, ranges, entity tags, the name to save under. Pure: it
 * reads no file, asks no database and writes no response; {@link io.reportfiles.download.http.DownloadPlan} is the result.
 */
package io.reportfiles.download.http;
