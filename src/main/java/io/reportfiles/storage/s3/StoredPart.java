package io.reportfiles.storage.s3;

import java.nio.ByteBuffer;
import java.util.Base64;
import software.amazon.awssdk.services.s3.model.CompletedPart;
import software.amazon.awssdk.services.s3.model.Part;

/**
 * A part as S3 lists it, with the checksum it was sent with: not every store lists those.
 *
 * @param number 1 for the first
 * @param size bytes
 * @param eTag what it is named by when the object is completed
 * @param crc32c its checksum, four bytes
 */
record StoredPart(int number, long size, String eTag, int crc32c) {

    static StoredPart of(Part part) {
        return new StoredPart(part.partNumber(), part.size(), part.eTag(), 0);
    }

    StoredPart with(int checksum) {
        return new StoredPart(number, size, eTag, checksum);
    }

    /** Its checksum in the form of S3's headers. */
    String crc32cInBase64() {
        return Base64.getEncoder()
                .encodeToString(
                        ByteBuffer.allocate(Integer.BYTES).putInt(crc32c).array());
    }

    CompletedPart.Builder completed() {
        return CompletedPart.builder().partNumber(number).eTag(eTag);
    }
}
