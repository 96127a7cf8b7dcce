package io.reportfiles.download.http;

import io.reportfiles.web.http.HttpDate;
import java.time.Instant;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;

/**
 * What HTTP needs to know of a stored report file, of several in one ZIP file, or of a file of the application itself (RFC
 * 9110 §8).
 *
 * @param content all of it
 * @param tag what tells it from all others, in hexadecimal
 * @param sha256 the SHA-256 of the content in hexadecimal; empty where it would have to be read to know it
 * @param lastModified when it came to be, in whole seconds; empty where only the tag tells
 * @param contentType an allow-listed media type
 * @param contentEncoding how the content has to be decoded first, where it has to
 * @param filename what it is to be saved as; empty for what a page refers to
 * @param always what every answer says about it, one without content, too
 */
public record Representation(
        Body content,
        String tag,
        Optional<String> sha256,
        Optional<Instant> lastModified,
        String contentType,
        Optional<String> contentEncoding,
        Optional<String> filename,
        Map<String, String> always) {

    /** Nothing that was submitted runs in our origin, or stays where others find it. */
    private static final Map<String, String> SUBMITTED =
            Map.of("Cache-Control", "private, no-cache", "Content-Security-Policy", "sandbox; default-src 'none'");

    public Representation {
        lastModified = lastModified.map(HttpDate::wholeSeconds);
        always = Map.copyOf(always);
    }

    /** Of what was submitted. */
    public Representation(
            Body content,
            String tag,
            Optional<String> sha256,
            Instant lastModified,
            String contentType,
            String filename) {
        this(
                content,
                tag,
                sha256,
                Optional.of(lastModified),
                contentType,
                Optional.empty(),
                Optional.of(filename),
                SUBMITTED);
    }

    /** Of one file: the content's digest is its tag, the same on every node, for ever. */
    public Representation(long size, String sha256, Instant lastModified, String contentType, String filename) {
        this(Body.whole(size), sha256, Optional.of(sha256), lastModified, contentType, filename);
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
