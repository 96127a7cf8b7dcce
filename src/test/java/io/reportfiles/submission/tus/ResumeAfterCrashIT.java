package io.reportfiles.submission.tus;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.reportfiles.server.OwnServer;
import io.tus.java.client.TusClient;
import io.tus.java.client.TusURLMemoryStore;
import io.tus.java.client.TusUpload;
import io.tus.java.client.TusUploader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A server that is killed while it receives a file, and another that goes on. */
class ResumeAfterCrashIT {

    private static final int ACKNOWLEDGED = 6_000_000;

    private static final String WHOLE =
            "api/report-files?organisation=ak&year=2026&quarter=Q2&section=data&filename=whole.csv";

    private final byte[] content = TusIT.content(13_000_000);

    @TempDir
    private Path directory;

    @Test
    void nothingThatWasAcknowledgedIsLostWithTheServer() throws Exception {
        try (OwnServer server =
                OwnServer.in(directory, Map.of("REPORTFILES_TUS_LEASE", "1s", "REPORTFILES_LEDGER_LEASE", "4s"))) {
            server.start();
            server.create("organisations", "{\"code\":\"ak\",\"name\":\"Alaska\",\"type\":\"state\"}");
            server.create(
                    "sections",
                    "{\"code\":\"data\",\"title\":\"Data\",\"extensions\":[\"csv\"],\"maxBytes\":100000000}");
            TusClient client = client(server);
            TusUpload upload = new TusUpload();
            upload.setSize(content.length);
            upload.setFingerprint("file");
            upload.setMetadata(Map.of(
                    "organisation", "ak", "year", "2026", "quarter", "Q3", "section", "data", "filename", "data.csv"));
            upload.setInputStream(new ByteArrayInputStream(content));
            TusUploader before = client.createUpload(upload);
            before.setChunkSize(ACKNOWLEDGED);
            before.setRequestPayloadSize(ACKNOWLEDGED);
            before.uploadChunk();
            before.finish(false);
            sendUnacknowledged(before.getUploadURL().toURI());
            sendHalfWithAKey(server.address(WHOLE));

            server.kill();
            server.start();

            upload.setInputStream(new ByteArrayInputStream(content));
            TusUploader after = client.resumeUpload(upload);
            assertThat(after.getOffset()).isGreaterThanOrEqualTo(ACKNOWLEDGED);
            while (after.uploadChunk() > -1) {
                // goes on
            }
            after.finish();
            String id = after.getUploadURL().getPath().replaceAll(".*/", "");
            HttpResponse<byte[]> file = HttpClient.newBuilder()
                    .version(HttpClient.Version.HTTP_1_1)
                    .build()
                    .send(OwnServer.request(server.address("files/" + id)).build(), BodyHandlers.ofByteArray());
            assertThat(file.statusCode()).isEqualTo(200);
            assertThat(file.body()).isEqualTo(content);
            assertKeyIsTakenOver(server);
        }
    }

    private static void sendHalfWithAKey(URI address) throws IOException, InterruptedException {
        try (Socket socket = new Socket(address.getHost(), address.getPort())) {
            String head =
                    "POST %s?%s HTTP/1.1\r\nHost: %s\r\nAuthorization: %s\r\nIdempotency-Key: of-a-crash\r\nContent-Type: text/csv\r\nContent-Length: 10\r\n\r\n"
                            .formatted(address.getPath(), address.getQuery(), address.getAuthority(), OwnServer.ADMIN);
            socket.getOutputStream().write((head + "12345").getBytes(US_ASCII));
            socket.getOutputStream().flush();
            Thread.sleep(300); // until it is reserved
        }
    }

    /** The lease of the first one has minutes to go, but its node is known to be gone. */
    private static void assertKeyIsTakenOver(OwnServer server) throws Exception {
        long deadline = System.nanoTime() + Duration.ofSeconds(40).toNanos();
        HttpResponse<String> answer;
        do {
            answer = server.send(OwnServer.request(server.address(WHOLE))
                    .header("Idempotency-Key", "of-a-crash")
                    .header("Content-Type", "text/csv")
                    .POST(BodyPublishers.ofString("1234567890")));
        } while (answer.statusCode() != 201 && System.nanoTime() < deadline);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
    }

    /** Leaves a request in the middle of its body. */
    private void sendUnacknowledged(URI upload) throws IOException, InterruptedException {
        try (Socket socket = new Socket(upload.getHost(), upload.getPort())) {
            String head =
                    "PATCH %s HTTP/1.1\r\nHost: %s\r\nAuthorization: %s\r\nTus-Resumable: 1.0.0\r\nContent-Type: application/offset+octet-stream\r\nUpload-Offset: %d\r\nContent-Length: %d\r\n\r\n"
                            .formatted(
                                    upload.getPath(),
                                    upload.getAuthority(),
                                    OwnServer.ADMIN,
                                    ACKNOWLEDGED,
                                    content.length - ACKNOWLEDGED);
            socket.getOutputStream().write(head.getBytes(US_ASCII));
            socket.getOutputStream().write(content, ACKNOWLEDGED, 3_000_000);
            socket.getOutputStream().flush();
            Thread.sleep(300); // it gets somewhere, wherever that is
        }
    }

    private static TusClient client(OwnServer server) throws IOException {
        TusClient client = new TusClient();
        client.setUploadCreationURL(server.address("uploads").toURL());
        client.setHeaders(Map.of("Authorization", OwnServer.ADMIN));
        client.enableResuming(new TusURLMemoryStore());
        return client;
    }
}
