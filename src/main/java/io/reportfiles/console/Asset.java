package io.reportfiles.console;

/**
 * A script, a style or a picture. The arrays are not to be written to.
 *
 * @param type its media type
 * @param plain its bytes
 * @param compressed the same with gzip
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record Asset(String type, byte[] plain, byte[] compressed) {}
