package io.reportfiles.download;

import io.reportfiles.web.HttpDate;
import java.time.Instant;
import java.util.Base64;
import java.util.HexFormat;

/**
 * What HTTP needs to know of a stored report file (RFC 9110 §8).
 *
 * @param size number of bytes, at least 0
 * @param sha256 the SHA-256 of the content in hexadecimal
 * @param lastModified when the file became available, in whole seconds
 * @param contentType the stored, allow-listed media type
 * @param filename as the submitter named it
 */
record Representation(long size, String sha256, Instant lastModified, String contentType, String filename) {

    Representation {
        lastModified = HttpDate.wholeSeconds(lastModified);
    }

    /** The content's digest is its strong validator: the same bytes have the same tag on every node, for ever. */
    EntityTag entityTag() {
        return EntityTag.strong(sha256);
    }

    /** {@code Repr-Digest} (RFC 9530 §3). */
    String reprDigest() {
        return "sha-256=:" + Base64.getEncoder().encodeToString(HexFormat.of().parseHex(sha256)) + ":";
    }
}
