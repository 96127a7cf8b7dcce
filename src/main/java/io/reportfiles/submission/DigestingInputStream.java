package io.reportfiles.submission;

import io.reportfiles.reportfile.StoredFile;
import io.reportfiles.storage.BulkInputStream;
import io.reportfiles.storage.ObjectVersion;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Optional;
import java.util.zip.CRC32;
import java.util.zip.CRC32C;

/**
 * Computes what a report file is known by while its bytes pass: SHA-256, CRC32C, CRC-32, size and encoding. Where their SHA-256 was
 * announced, other bytes have no end: they are refused instead, so that whoever stores them stops before they are
 * visible. Reads neither ahead nor again. For one thread; the source is left open.
 */
public final class DigestingInputStream extends BulkInputStream {

    private final InputStream source;
    private final Optional<String> announced;
    private final MessageDigest sha256 = sha256Digest();
    private final CRC32C crc32c = new CRC32C();
    private final CRC32 crc32 = new CRC32();
    private final TextDetector text = new TextDetector();
    private Optional<String> digest = Optional.empty(); // known at the end
    private long size;

    /** For bytes of which nothing was announced. */
    public DigestingInputStream(InputStream source) {
        this(new IncomingFile(source, Optional.empty()));
    }

    DigestingInputStream(IncomingFile file) {
        this.source = file.bytes();
        this.announced = file.sha256();
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
        int count = source.read(buffer, offset, length);
        if (count > 0) {
            sha256.update(buffer, offset, count);
            crc32c.update(buffer, offset, count);
            crc32.update(buffer, offset, count);
            text.take(buffer, offset, count);
            size += count;
        } else if (count < 0
                && announced.filter(expected -> !expected.equals(sha256())).isPresent()) {
            throw RefusedBodyException.invalid(
                    DigestFields.NAMES.get(0),
                    "What arrived is not what was announced: its SHA-256 is %s; nothing was stored. Send it again."
                            .formatted(sha256()));
        }
        return count;
    }

    /** What is known of the bytes that passed, which the store has as {@code object}; to be asked at the end only. */
    public StoredFile storedAs(ObjectVersion object) {
        return new StoredFile(object, size, sha256(), crc32c(), crc32(), text.found());
    }

    /** Number of bytes that passed. */
    public long size() {
        return size;
    }

    /** SHA-256 of the bytes that passed, in lower-case hex; to be asked at the end only. */
    public String sha256() {
        if (digest.isEmpty()) {
            digest = Optional.of(HexFormat.of().formatHex(sha256.digest()));
        }
        return digest.get();
    }

    /** CRC32C of the bytes that passed, big-endian in Base64: the form in which S3 gives it. */
    public String crc32c() {
        return Base64.getEncoder()
                .encodeToString(ByteBuffer.allocate(Integer.BYTES)
                        .putInt((int) crc32c.getValue())
                        .array());
    }

    /** CRC-32 of the bytes that passed, as 8 hexadecimal digits. */
    public String crc32() {
        return HexFormat.of().toHexDigits((int) crc32.getValue());
    }

    private static MessageDigest sha256Digest() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
