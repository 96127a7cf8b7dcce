package io.reportfiles.server;

import io.reportfiles.storage.BulkInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * A large file that is nowhere: its bytes are made as they are read, the same ones for the same seed.
 *
 * @param bytes its length
 */
record RandomFile(long seed, long bytes) {

    /** The file from its beginning. */
    InputStream open() {
        return new Bytes(this);
    }

    /** The SHA-256 of all that {@code content} yields, in hex. It reads to the end and closes nothing. */
    static String sha256(InputStream content) throws IOException {
        try {
            DigestInputStream digesting = new DigestInputStream(content, MessageDigest.getInstance("SHA-256"));
            digesting.transferTo(OutputStream.nullOutputStream());
            return HexFormat.of().formatHex(digesting.getMessageDigest().digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The head of a form whose last part is a file; {@link #formTail} ends it. */
    static byte[] formHead(String boundary, Map<String, String> fields, String filename) {
        StringBuilder head = new StringBuilder();
        fields.forEach((name, value) -> head.append(
                "--%s\r\nContent-Disposition: form-data; name=\"%s\"\r\n\r\n%s\r\n".formatted(boundary, name, value)));
        head.append(
                "--%s\r\nContent-Disposition: form-data; name=\"file\"; filename=\"%s\"\r\nContent-Type: application/octet-stream\r\n\r\n"
                        .formatted(boundary, filename));
        return head.toString().getBytes(StandardCharsets.UTF_8);
    }

    static byte[] formTail(String boundary) {
        return "\r\n--%s--\r\n".formatted(boundary).getBytes(StandardCharsets.UTF_8);
    }

    /** A block of random bytes after another. */
    private static final class Bytes extends BulkInputStream {
        private static final int BLOCK_BYTES = 1 << 16;

        private final SplittableRandom random;
        private final byte[] block = new byte[BLOCK_BYTES];
        private int next = BLOCK_BYTES;
        private long left;

        Bytes(RandomFile file) {
            this.random = new SplittableRandom(file.seed());
            this.left = file.bytes();
        }

        @Override
        public int read(byte[] target, int offset, int length) {
            if (left == 0) {
                return -1;
            }
            if (next == BLOCK_BYTES) {
                random.nextBytes(block);
                next = 0;
            }
            int count = (int) Math.min(Math.min(length, BLOCK_BYTES - next), left);
            System.arraycopy(block, next, target, offset, count);
            next += count;
            left -= count;
            return count;
        }
    }
}
