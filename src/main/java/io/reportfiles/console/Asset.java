package io.reportfiles.console;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HexFormat;
import java.util.zip.CRC32C;

/**
 * A script, a style or a picture.
 *
 * @param type its media type
 * @param plain its bytes
 * @param compressed the same with gzip
 */
record Asset(String type, Copy plain, Copy compressed) {

    /**
     * Bytes, and what tells them from others. The array is not to be written to.
     *
     * @param bytes all of them
     * @param sha256 their SHA-256, 64 hexadecimal digits
     * @param crc32c their CRC32C, the base64 of its four bytes in network order
     */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Copy(byte[] bytes, String sha256, String crc32c) {

        private static final int SHORT = 16;

        static Copy of(byte[] bytes) {
            CRC32C crc = new CRC32C();
            crc.update(bytes);
            byte[] sum = ByteBuffer.allocate(Integer.BYTES)
                    .putInt((int) crc.getValue())
                    .array();
            return new Copy(
                    bytes,
                    HexFormat.of().formatHex(digest(bytes)),
                    Base64.getEncoder().encodeToString(sum));
        }

        /** Enough of the digest for an address. */
        String hash() {
            return sha256.substring(0, SHORT);
        }

        private static byte[] digest(byte[] bytes) {
            try {
                return MessageDigest.getInstance("SHA-256").digest(bytes);
            } catch (NoSuchAlgorithmException e) {
                throw new IllegalStateException(e); // every Java platform has it
            }
        }
    }
}
