package io.reportfiles.dev;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import org.gaul.s3proxy.S3Proxy;
import org.gaul.s3proxy.auth.AuthenticationType;

/**
 * An S3 server in this process, on the loopback address: signatures are checked, every bucket keeps versions, and what is
 * stored stays in a directory from one start to the next. Safe for many clients at once; whoever starts it closes it.
 */
public final class LocalS3 implements AutoCloseable {
    /** Parts of 5 GiB, as in Amazon's S3. */
    private static final long LARGEST_PUT_BYTES = 5L << 30;

    private final S3Proxy server;
    private final Credentials credentials;

    /** The key pair the server accepts, as in {@code reportfiles.s3.access-key} and {@code …secret-key}. */
    public record Credentials(String accessKey, String secretKey) {
        @Override
        public String toString() {
            return "Credentials[accessKey=" + accessKey + "]";
        }
    }

    private LocalS3(S3Proxy server, Credentials credentials) {
        this.server = server;
        this.credentials = credentials;
    }

    /**
     * Starts a server. The directory is made if need be; its file system must keep extended attributes, as ext4, XFS, APFS
     * and NTFS do.
     *
     * @param port the port to listen on, 0 for any free one
     * @throws IOException if the directory cannot be made, or the port is taken
     */
    public static LocalS3 start(Path directory, int port, Credentials credentials) throws IOException {
        Files.createDirectories(directory);
        S3Proxy server = S3Proxy.builder()
                .blobStore(new VersionedDirectory(directory))
                .endpoint(URI.create("http://127.0.0.1:" + port))
                .awsAuthentication(AuthenticationType.AWS_V4, credentials.accessKey(), credentials.secretKey())
                .maxSinglePartObjectSize(LARGEST_PUT_BYTES)
                .v4MaxNonChunkedRequestSize(LARGEST_PUT_BYTES)
                .ignoreUnknownHeaders(true)
                .build();
        try {
            server.start();
        } catch (IOException e) {
            throw e;
        } catch (Exception e) {
            throw new IOException("The S3 server does not start", e);
        }
        return new LocalS3(server, credentials);
    }

    public URI endpoint() {
        return URI.create("http://127.0.0.1:" + server.getPort());
    }

    public Credentials credentials() {
        return credentials;
    }

    /** Ends the server; what was stored stays. */
    @Override
    public void close() {
        try {
            server.stop();
        } catch (Exception e) {
            throw new IllegalStateException("The S3 server does not stop", e);
        }
    }
}
