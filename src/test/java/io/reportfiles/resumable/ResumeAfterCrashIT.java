package io.reportfiles.resumable;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.reportfiles.dev.FreePort;
import io.reportfiles.dev.LocalS3;
import io.reportfiles.dev.PayaraMicro;
import io.tus.java.client.TusClient;
import io.tus.java.client.TusURLMemoryStore;
import io.tus.java.client.TusUpload;
import io.tus.java.client.TusUploader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A server that is killed while it receives a file, and another that goes on. */
class ResumeAfterCrashIT {

    private static final Path SERVERS = Path.of(System.getProperty("reportfiles.it.servers", "target/servers"));
    private static final LocalS3.Credentials CREDENTIALS = new LocalS3.Credentials("access", "secret-of-a-test");
    private static final String PASSWORD = "only-for-this-test";
    private static final String ADMIN =
            "Basic " + Base64.getEncoder().encodeToString(("admin:" + PASSWORD).getBytes(UTF_8));
    private static final int ACKNOWLEDGED = 6_000_000;

    private final HttpClient http = HttpClient.newHttpClient();
    private final byte[] content = TusIT.content(13_000_000);

    @TempDir
    private Path directory;

    @Test
    void nothingThatWasAcknowledgedIsLostWithTheServer() throws Exception {
        int port = FreePort.find();
        URI application = URI.create("http://127.0.0.1:" + port + "/");
        try (LocalS3 s3 = LocalS3.start(Files.createDirectory(directory.resolve("s3")), 0, CREDENTIALS)) {
            TusClient client = client(application);
            TusUpload upload = new TusUpload();
            upload.setSize(content.length);
            upload.setFingerprint("file");
            try (PayaraMicro server = start(port, s3, "first")) {
                upload.setMetadata(catalogue(server, application));
                upload.setInputStream(new ByteArrayInputStream(content));
                TusUploader uploader = client.createUpload(upload);
                uploader.setChunkSize(ACKNOWLEDGED);
                uploader.setRequestPayloadSize(ACKNOWLEDGED);
                uploader.uploadChunk();
                uploader.finish(false);
                sendUnacknowledged(uploader.getUploadURL().toURI());
                server.kill();
            }
            try (PayaraMicro server = start(port, s3, "second")) {
                awaitReady(server, application);
                upload.setInputStream(new ByteArrayInputStream(content));
                TusUploader uploader = client.resumeUpload(upload);
                assertThat(uploader.getOffset()).isGreaterThanOrEqualTo(ACKNOWLEDGED);
                while (uploader.uploadChunk() > -1) {
                    // goes on
                }
                uploader.finish();
                String id = uploader.getUploadURL().getPath().replaceAll(".*/", "");
                HttpResponse<byte[]> file =
                        http.send(request(application.resolve("files/" + id)).build(), BodyHandlers.ofByteArray());
                assertThat(file.statusCode()).isEqualTo(200);
                assertThat(file.body()).isEqualTo(content);
            }
        }
    }

    /** Leaves a request in the middle of its body. */
    private void sendUnacknowledged(URI upload) throws IOException, InterruptedException {
        try (Socket socket = new Socket(upload.getHost(), upload.getPort())) {
            String head =
                    "PATCH %s HTTP/1.1\r\nHost: %s\r\nAuthorization: %s\r\nTus-Resumable: 1.0.0\r\nContent-Type: application/offset+octet-stream\r\nUpload-Offset: %d\r\nContent-Length: %d\r\n\r\n"
                            .formatted(
                                    upload.getPath(),
                                    upload.getAuthority(),
                                    ADMIN,
                                    ACKNOWLEDGED,
                                    content.length - ACKNOWLEDGED);
            socket.getOutputStream().write(head.getBytes(US_ASCII));
            socket.getOutputStream().write(content, ACKNOWLEDGED, 3_000_000);
            socket.getOutputStream().flush();
            Thread.sleep(300); // it gets somewhere, wherever that is
        }
    }

    private TusClient client(URI application) throws IOException {
        TusClient client = new TusClient();
        client.setUploadCreationURL(application.resolve("uploads").toURL());
        client.setHeaders(Map.of("Authorization", ADMIN));
        client.enableResuming(new TusURLMemoryStore());
        return client;
    }

    private Map<String, String> catalogue(PayaraMicro server, URI application) throws Exception {
        awaitReady(server, application);
        post(application.resolve("api/organisations"), "{\"code\":\"ak\",\"name\":\"Alaska\",\"type\":\"state\"}");
        post(
                application.resolve("api/sections"),
                "{\"code\":\"data\",\"title\":\"Data\",\"extensions\":[\"csv\"],\"maxBytes\":100000000}");
        Map<String, String> metadata = new LinkedHashMap<>();
        metadata.put("organisation", "ak");
        metadata.put("year", "2026");
        metadata.put("quarter", "Q3");
        metadata.put("section", "data");
        metadata.put("filename", "data.csv");
        return metadata;
    }

    private void post(URI address, String json) throws IOException, InterruptedException {
        HttpResponse<String> answer = http.send(
                request(address)
                        .header("Content-Type", "application/json")
                        .POST(BodyPublishers.ofString(json))
                        .build(),
                BodyHandlers.ofString());
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
    }

    private static HttpRequest.Builder request(URI address) {
        return HttpRequest.newBuilder(address).header("Authorization", ADMIN).timeout(Duration.ofMinutes(1));
    }

    private PayaraMicro start(int port, LocalS3 s3, String name) throws IOException {
        return PayaraMicro.start(
                new PayaraMicro.Plan(
                        SERVERS.resolve("payara-micro.jar"),
                        List.of(),
                        Path.of("server-config/payara").toAbsolutePath(),
                        Path.of("target/report-files.war"),
                        port,
                        directory.resolve(name),
                        directory.resolve(name + ".log")),
                Map.of(
                        "REPORTFILES_S3_ENDPOINT",
                        s3.endpoint().toString(),
                        "REPORTFILES_S3_REGION",
                        "us-east-1",
                        "REPORTFILES_S3_PATH_STYLE",
                        "true",
                        "REPORTFILES_S3_BUCKET",
                        "reports",
                        "REPORTFILES_S3_CREATE_BUCKET",
                        "true",
                        "REPORTFILES_S3_ACCESS_KEY",
                        CREDENTIALS.accessKey(),
                        "REPORTFILES_S3_SECRET_KEY",
                        CREDENTIALS.secretKey(),
                        "REPORTFILES_DB_URL",
                        "jdbc:h2:file:" + directory.resolve("database"),
                        "REPORTFILES_RESUMABLE_LEASE",
                        "1s",
                        "REPORTFILES_ADMIN_PASSWORD",
                        PASSWORD));
    }

    private void awaitReady(PayaraMicro server, URI application) throws Exception {
        long deadline = System.nanoTime() + Duration.ofMinutes(4).toNanos();
        while (true) {
            assertThat(server.isAlive()).isTrue();
            assertThat(System.nanoTime()).isLessThan(deadline);
            try {
                HttpRequest question =
                        request(application.resolve("health/ready")).build();
                if (http.send(question, BodyHandlers.discarding()).statusCode() == 200) {
                    return;
                }
            } catch (IOException notYet) {
                // nothing listens
            }
            Thread.sleep(200);
        }
    }
}
