package io.reportfiles.storage.s3;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import software.amazon.awssdk.services.s3.model.CompletedPart;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;

/**
 * Tells whether an object is what was sent, by what S3 says about it: its size, and its checksum or, where the store
 * keeps none, its entity tag.
 *
 * @param size bytes that were sent
 * @param checksum CRC32C as S3 has it, that of one request or the composite of parts
 * @param eTag the entity tag, without quotes, that these bytes get; empty if that can't be told
 */
record StoredProof(long size, String checksum, Supplier<String> eTag) {

    private static final Pattern MD5 = Pattern.compile("[0-9a-f]{32}");

    /** Of bytes that were sent in one request. */
    static StoredProof of(PartBuffer content) {
        return new StoredProof(content.length(), content.crc32cInBase64(), () -> md5(content));
    }

    /** Of bytes that were sent in parts; known by their entity tags where these are digests, as most stores have it. */
    static StoredProof of(long size, PartChecksums checksums, List<CompletedPart> parts) {
        return new StoredProof(size, checksums.composite(), () -> md5(parts));
    }

    boolean isIn(HeadObjectResponse head) {
        if (head.contentLength() == null || head.contentLength() != size) {
            return false;
        }
        if (head.checksumCRC32C() != null && isOfTheSameKind(head.checksumCRC32C())) {
            return head.checksumCRC32C().equals(checksum);
        }
        String expected = eTag.get();
        return !expected.isEmpty()
                && Optional.ofNullable(head.eTag()).orElse("").replace("\"", "").equals(expected);
    }

    /** A composite ends in the number of parts; one over all bytes is another value for the same bytes. */
    private boolean isOfTheSameKind(String found) {
        return found.contains("-") == checksum.contains("-");
    }

    private static String md5(PartBuffer content) {
        MessageDigest md5 = md5();
        content.update(md5);
        return HexFormat.of().formatHex(md5.digest());
    }

    private static String md5(List<CompletedPart> parts) {
        MessageDigest md5 = md5();
        for (CompletedPart part : parts) {
            String eTag = part.eTag().replace("\"", "");
            if (!MD5.matcher(eTag).matches()) {
                return "";
            }
            md5.update(HexFormat.of().parseHex(eTag));
        }
        return HexFormat.of().formatHex(md5.digest()) + "-" + parts.size();
    }

    /** Which is what S3 calls things by; it protects nothing. */
    private static MessageDigest md5() {
        try {
            return MessageDigest.getInstance("MD5");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e); // every Java has it
        }
    }
}
