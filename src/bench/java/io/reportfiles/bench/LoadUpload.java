package io.reportfiles.bench;

import io.reportfiles.storage.BulkInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.util.Random;
import software.amazon.awssdk.core.checksums.RequestChecksumCalculation;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.S3Configuration;

/** Uploads of random bytes. */
final class LoadUpload {

    private LoadUpload() {}

    /** Posts to the application; how long it took in nanoseconds. */
    static long post(URI uri, String authorization, long bytes) throws IOException {
        long begin = System.nanoTime();
        HttpURLConnection connection = (HttpURLConnection) uri.toURL().openConnection();
        connection.setRequestProperty("Authorization", authorization.replaceFirst("_", " "));
        connection.setRequestProperty("Content-Type", "application/octet-stream");
        int status = send(connection, 0, bytes);
        if (status != 201) {
            throw new IOException("status " + status);
        }
        return System.nanoTime() - begin;
    }

    /** Puts with the SDK; how long it took in nanoseconds. */
    static long put(URI endpoint, String key, long bytes) {
        try (S3Client s3 = BenchS3.builder(endpoint)
                .requestChecksumCalculation(RequestChecksumCalculation.WHEN_REQUIRED)
                .serviceConfiguration(
                        S3Configuration.builder().chunkedEncodingEnabled(false).build()) // our origin knows no chunks
                .build()) {
            long begin = System.nanoTime();
            s3.putObject(
                    request -> request.bucket(BenchS3.BUCKET).key(key),
                    RequestBody.fromContentProvider(() -> new Blocks(bytes), bytes, "application/octet-stream"));
            return System.nanoTime() - begin;
        }
    }

    /** Sends bytes of the content from {@code offset} on; the status of the answer. */
    static int send(HttpURLConnection connection, long offset, long bytes) throws IOException {
        connection.setDoOutput(true);
        connection.setFixedLengthStreamingMode(bytes - offset);
        try (OutputStream out = connection.getOutputStream();
                Blocks content = new Blocks(bytes)) {
            content.position = offset;
            byte[] buffer = new byte[256 << 10];
            for (int count = content.read(buffer); count >= 0; count = content.read(buffer)) {
                out.write(buffer, 0, count);
            }
        }
        return connection.getResponseCode();
    }

    /** One random block over and over. */
    private static final class Blocks extends BulkInputStream {

        private static final byte[] BLOCK = new byte[1 << 20];

        static {
            new Random(1).nextBytes(BLOCK);
        }

        private final long bytes;
        private long position;

        Blocks(long bytes) {
            this.bytes = bytes;
        }

        @Override
        public int read(byte[] buffer, int offset, int length) {
            if (position == bytes) {
                return -1;
            }
            int from = (int) (position % BLOCK.length);
            int count = (int) Math.min(Math.min(length, BLOCK.length - from), bytes - position);
            System.arraycopy(BLOCK, from, buffer, offset, count);
            position += count;
            return count;
        }
    }
}
