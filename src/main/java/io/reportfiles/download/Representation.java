package io.reportfiles.download;

import io.reportfiles.storage.ByteRange;
import io.reportfiles.web.HttpDate;
import java.time.Instant;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Optional;

/**
 * What HTTP needs to know of a stored report file, or of several in one ZIP file (RFC 9110 §8).
 *
 * @param content all of it
 * @param tag what tells it from all others, in hexadecimal
 * @param sha256 the SHA-256 of the content in hexadecimal; empty where it would have to be read to know it
 * @param lastModified when it came to be, in whole seconds
 * @param contentType an allow-listed media type
 * @param filename what it is to be saved as
 */
record Representation(
        Body content, String tag, Optional<String> sha256, Instant lastModified, String contentType, String filename) {

    Representation {
        lastModified = HttpDate.wholeSeconds(lastModified);
    }

    /** Of one file: the content's digest is its tag, the same on every node, for ever. */
    Representation(long size, String sha256, Instant lastModified, String contentType, String filename) {
        this(
                size == 0 ? Body.EMPTY : Body.of(ByteRange.whole(size)),
                sha256,
                Optional.of(sha256),
                lastModified,
                contentType,
                filename);
    }

    /** Number of bytes, at least 0. */
    long size() {
        return content.length();
    }

    /** The strong validator. */
    EntityTag entityTag() {
        return EntityTag.strong(tag);
    }

    /** {@code Repr-Digest} (RFC 9530 §3). */
    Optional<String> reprDigest() {
        return sha256.map(digest ->
                "sha-256=:" + Base64.getEncoder().encodeToString(HexFormat.of().parseHex(digest)) + ":");
    }
}
