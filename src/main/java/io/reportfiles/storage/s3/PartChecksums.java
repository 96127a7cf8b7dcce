package io.reportfiles.storage.s3;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.Base64;
import java.util.zip.CRC32C;

/** What S3 calls the composite checksum of a multipart upload: the CRC32C of the CRC32Cs of its parts, and how many. */
final class PartChecksums {

    private final ByteArrayOutputStream parts = new ByteArrayOutputStream();

    /** Adds the next part, of which only the checksum is known. */
    void add(String crc32cInBase64) {
        parts.writeBytes(Base64.getDecoder().decode(crc32cInBase64));
    }

    /** Adds the next part. */
    void add(PartBuffer part) {
        parts.writeBytes(part.crc32c());
    }

    /** How many parts there are. */
    int count() {
        return parts.size() / Integer.BYTES;
    }

    /** The composite in the form of S3's answers. */
    String composite() {
        CRC32C crc = new CRC32C();
        crc.update(parts.toByteArray());
        byte[] value =
                ByteBuffer.allocate(Integer.BYTES).putInt((int) crc.getValue()).array();
        return Base64.getEncoder().encodeToString(value) + "-" + count();
    }
}
