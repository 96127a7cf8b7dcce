package io.reportfiles.bench;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.util.Base64;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A submission by a client that comes back when the server is busy. For one thread. */
final class PatientUpload {

    private static final String CHUNK = "application/offset+octet-stream";
    private static final long PAUSE_MILLIS = 500;
    private static final int ATTEMPTS = 1000;

    private final String authorization;
    private final long bytes;
    private final AtomicInteger refusals;

    /** Counts in {@code refusals} how often it had to come back. */
    PatientUpload(String authorization, long bytes, AtomicInteger refusals) {
        this.authorization = authorization.replaceFirst("_", " ");
        this.bytes = bytes;
        this.refusals = refusals;
    }

    private interface Attempt {
        /** Whether it is done. */
        boolean make() throws IOException;
    }

    /** In one request, as the body. */
    void submit(URI uri) throws IOException, InterruptedException {
        persist(() -> {
            HttpURLConnection connection = open(uri, "POST");
            connection.setRequestProperty("Content-Type", "application/octet-stream");
            return accepted(LoadUpload.send(connection, 0, bytes));
        });
    }

    /** By the tus protocol, with the fields that the query of {@code uri} holds; each request sends all that is missing. */
    void resumable(URI uri) throws IOException, InterruptedException {
        URI upload = begin(uri);
        persist(() -> {
            HttpURLConnection head = open(upload, "HEAD");
            if (!accepted(head.getResponseCode())) {
                return false;
            }
            if (head.getHeaderField("Report-File") != null) {
                return true;
            }
            String offset = head.getHeaderField("Upload-Offset");
            HttpURLConnection patch = open(upload, "POST"); // this client knows no PATCH
            patch.setRequestProperty("X-HTTP-Method-Override", "PATCH");
            patch.setRequestProperty("Content-Type", CHUNK);
            patch.setRequestProperty("Upload-Offset", offset);
            return accepted(LoadUpload.send(patch, Long.parseLong(offset), bytes));
        });
    }

    private URI begin(URI uri) throws IOException {
        HttpURLConnection connection = open(uri.resolve("/uploads"), "POST");
        connection.setRequestProperty("Upload-Length", Long.toString(bytes));
        connection.setRequestProperty(
                "Upload-Metadata",
                Stream.of(uri.getQuery().split("&"))
                        .map(field -> field.split("=", 2))
                        .map(field -> field[0] + " " + Base64.getEncoder().encodeToString(field[1].getBytes(US_ASCII)))
                        .collect(Collectors.joining(",")));
        if (!accepted(connection.getResponseCode())) {
            throw new IOException("the upload was not begun");
        }
        return uri.resolve(connection.getHeaderField("Location"));
    }

    private HttpURLConnection open(URI uri, String method) throws IOException {
        HttpURLConnection connection = (HttpURLConnection) uri.toURL().openConnection();
        connection.setRequestMethod(method);
        connection.setRequestProperty("Authorization", authorization);
        connection.setRequestProperty("Tus-Resumable", "1.0.0");
        return connection;
    }

    private static boolean accepted(int status) {
        if (status >= 400 && status != 503 && status != 423) {
            throw new IllegalStateException("status " + status);
        }
        return status < 400;
    }

    /** A server that answers early may break the connection: then there is no status to look at. */
    private void persist(Attempt attempt) throws IOException, InterruptedException {
        IOException last = new IOException("always refused");
        for (int i = 0; i < ATTEMPTS; i++) {
            try {
                if (attempt.make()) {
                    return;
                }
            } catch (IOException broken) {
                last = broken;
            }
            refusals.incrementAndGet();
            Thread.sleep(PAUSE_MILLIS);
        }
        throw last;
    }
}
