package io.reportfiles.operations;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.reportfiles.server.Deployed;
import io.reportfiles.server.OwnServer;
import jakarta.json.Json;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What clients see of a server that is asked to stop by SIGTERM while they send and read. */
abstract class GracefulStopContract {

    private static final int FILE_BYTES = 64 << 20;

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    @TempDir
    Path directory;

    protected abstract Deployed.Product product();

    @Test
    void whatRunsMayEndNothingNewBeginsAndNobodyIsToldASuccessThatIsNone() throws Exception {
        try (OwnServer server = OwnServer.on(
                product(),
                directory,
                Map.of(
                        "REPORTFILES_SHUTDOWN_GRACE",
                        "8s",
                        "REPORTFILES_DB_USER",
                        "reportfiles",
                        "REPORTFILES_DB_PASSWORD",
                        "only-for-this-test"))) {
            server.start();
            server.create("organisations", "{\"code\": \"alder\", \"name\": \"Alder\", \"type\": \"state\"}");
            server.create(
                    "sections",
                    "{\"code\": \"active\", \"title\": \"Active\", \"extensions\": [\"txt\"], \"maxBytes\": 1000000000}");
            HttpResponse<String> stored = submit(server, "stored.txt", new Slowly(FILE_BYTES, Duration.ZERO));
            assertThat(stored.statusCode()).as(stored.body()).isEqualTo(201);
            URI file = server.address("files/" + id(stored));

            ExecutorService clients = Executors.newCachedThreadPool();
            try {
                Future<HttpResponse<String>> ending =
                        clients.submit(() -> submit(server, "ending.txt", new Slowly(1 << 20, Duration.ofSeconds(3))));
                Future<HttpResponse<String>> endless =
                        clients.submit(() -> submit(server, "endless.txt", new Slowly(1 << 20, Duration.ofHours(1))));
                URI upload = beginUpload(server, 1 << 20);
                Future<HttpResponse<String>> resumable =
                        clients.submit(() -> append(upload, new Slowly(1 << 20, Duration.ofSeconds(3))));
                URI other = beginUpload(server, 1 << 20);
                Future<HttpResponse<String>> endlessUpload =
                        clients.submit(() -> append(other, new Slowly(1 << 20, Duration.ofHours(1))));
                Future<Long> reader = clients.submit(() -> read(file, Duration.ofSeconds(3)));
                Future<Long> stalled = clients.submit(() -> stallAndRead(file));
                Thread.sleep(1500);

                server.terminate();
                HttpResponse<String> refused = awaitStopping(server);
                assertThat(refused.body()).contains("urn:report-files:problem:busy");
                assertThat(refused.headers().firstValue("Retry-After")).isPresent();
                assertThat(server.send(OwnServer.request(server.address("health/live")))
                                .statusCode())
                        .isEqualTo(200);
                assertThat(server.send(OwnServer.request(server.address("health/ready")))
                                .statusCode())
                        .isEqualTo(503);

                HttpResponse<String> ended = ending.get(20, TimeUnit.SECONDS);
                assertThat(ended.statusCode()).as(ended.body()).isEqualTo(201);
                assertThat(resumable.get(20, TimeUnit.SECONDS).statusCode()).isEqualTo(204);
                assertThat(reader.get(20, TimeUnit.SECONDS)).isEqualTo(FILE_BYTES);

                assertThat(statusOf(endless)).isIn(503, 0);
                assertThat(statusOf(endlessUpload)).isIn(503, 0);
                assertThat(stalled.get(20, TimeUnit.SECONDS)).isLessThan(FILE_BYTES);
                assertThat(answersUntilTheEnd(server)).isSubsetOf(503);
                server.awaitEnd();
                assertThat(Files.readString(server.log()).split("transfers under way have", 2)[1])
                        .contains(
                                "The newest seal of the audit is number ", "The newest seal of the ledger is number ");
                assertThat(states(server, id(ended))).containsExactly("AVAILABLE");
                assertThat(filesNamed(server, "endless.txt")).doesNotContain("AVAILABLE");
                assertThat(filesNamed(server, "resumable.txt")).containsExactlyInAnyOrder("AVAILABLE", "RECEIVING");
            } finally {
                clients.shutdownNow();
            }
        }
    }

    /** What is answered while the server itself stops; a connection that is refused or broken is no answer. */
    private static Set<Integer> answersUntilTheEnd(OwnServer server) throws InterruptedException {
        Set<Integer> answers = new TreeSet<>();
        while (server.isAlive()) {
            try {
                answers.add(
                        server.send(OwnServer.request(server.address("api/me"))).statusCode());
                answers.add(server.send(OwnServer.request(server.address("health/ready")))
                        .statusCode());
            } catch (IOException broken) {
                Thread.sleep(10);
            }
        }
        return answers;
    }

    private static HttpResponse<String> awaitStopping(OwnServer server) throws Exception {
        long deadline = System.nanoTime() + Duration.ofSeconds(3).toNanos();
        while (true) {
            HttpResponse<String> answer = server.send(OwnServer.request(server.address("api/me")));
            if (answer.statusCode() == 503 || System.nanoTime() > deadline) {
                assertThat(answer.statusCode()).as(answer.body()).isEqualTo(503);
                return answer;
            }
        }
    }

    private HttpResponse<String> submit(OwnServer server, String name, InputStream content)
            throws IOException, InterruptedException {
        return http.send(
                OwnServer.request(server.address(
                                "api/report-files?organisation=alder&year=2026&quarter=Q3&section=active&filename="
                                        + name))
                        .header("Content-Type", "text/plain")
                        .POST(BodyPublishers.ofInputStream(() -> content))
                        .build(),
                BodyHandlers.ofString());
    }

    private URI beginUpload(OwnServer server, long size) throws IOException, InterruptedException {
        StringBuilder metadata = new StringBuilder();
        Map.of(
                        "organisation",
                        "alder",
                        "year",
                        "2026",
                        "quarter",
                        "Q3",
                        "section",
                        "active",
                        "filename",
                        "resumable.txt")
                .forEach((name, value) -> metadata.append(metadata.isEmpty() ? "" : ",")
                        .append(name)
                        .append(' ')
                        .append(Base64.getEncoder().encodeToString(value.getBytes(UTF_8))));
        HttpResponse<String> created = http.send(
                OwnServer.request(server.address("uploads"))
                        .header("Tus-Resumable", "1.0.0")
                        .header("Upload-Length", Long.toString(size))
                        .header("Upload-Metadata", metadata.toString())
                        .POST(BodyPublishers.noBody())
                        .build(),
                BodyHandlers.ofString());
        assertThat(created.statusCode()).as(created.body()).isEqualTo(201);
        return server.address(created.headers().firstValue("Location").orElseThrow());
    }

    private HttpResponse<String> append(URI upload, InputStream content) throws IOException, InterruptedException {
        return http.send(
                OwnServer.request(upload)
                        .header("Tus-Resumable", "1.0.0")
                        .header("Upload-Offset", "0")
                        .header("Content-Type", "application/offset+octet-stream")
                        .method("PATCH", BodyPublishers.ofInputStream(() -> content))
                        .build(),
                BodyHandlers.ofString());
    }

    /** Reads a file over {@code time}: how many bytes came before it ended or broke. */
    private long read(URI file, Duration time) throws InterruptedException, IOException {
        HttpResponse<InputStream> answer = http.send(OwnServer.request(file).build(), BodyHandlers.ofInputStream());
        assertThat(answer.statusCode()).isEqualTo(200);
        long read = 0;
        try (InputStream body = answer.body()) {
            byte[] buffer = new byte[FILE_BYTES / 100];
            for (int count = 0; count >= 0; count = body.read(buffer)) {
                read += count;
                Thread.sleep(time.toMillis() * count / FILE_BYTES);
            }
            return read;
        } catch (IOException broken) {
            return read;
        }
    }

    /** Reads nothing for longer than the server waits, and then what comes: how many bytes. */
    private long stallAndRead(URI file) throws InterruptedException, IOException {
        HttpResponse<InputStream> answer = http.send(OwnServer.request(file).build(), BodyHandlers.ofInputStream());
        Thread.sleep(12_000);
        long read = 0;
        try (InputStream body = answer.body()) {
            byte[] buffer = new byte[65_536];
            for (int count = 0; count >= 0; count = body.read(buffer)) {
                read += count;
            }
            return read;
        } catch (IOException broken) {
            return read;
        }
    }

    /** The status of an answer; 0 for a broken connection. */
    private static int statusOf(Future<HttpResponse<String>> answer) throws Exception {
        try {
            return answer.get(20, TimeUnit.SECONDS).statusCode();
        } catch (ExecutionException broken) {
            assertThat(broken).hasCauseInstanceOf(IOException.class);
            return 0;
        }
    }

    private static String id(HttpResponse<String> created) {
        return Json.createReader(new StringReader(created.body())).readObject().getString("id");
    }

    private static List<String> states(OwnServer server, String id) throws Exception {
        return column(server, "select state from report_file where cast(id as varchar) = ?", id);
    }

    private static List<String> filesNamed(OwnServer server, String name) throws Exception {
        return column(server, "select state from report_file where filename = ?", name);
    }

    private static List<String> column(OwnServer server, String sql, String parameter) throws Exception {
        try (Connection database =
                        DriverManager.getConnection(server.databaseUrl(), "reportfiles", "only-for-this-test");
                PreparedStatement select = database.prepareStatement(sql)) {
            select.setString(1, parameter);
            List<String> values = new ArrayList<>();
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    values.add(rows.getString(1));
                }
            }
            return values;
        }
    }

    /** Bytes that come in a hundred pieces over some time. */
    private static final class Slowly extends InputStream {

        private final int size;
        private final Duration time;
        private int sent;

        Slowly(int size, Duration time) {
            this.size = size;
            this.time = time;
        }

        @Override
        public int read() {
            return sent++ < size ? 'x' : -1;
        }

        @Override
        public int read(byte[] buffer, int offset, int length) throws IOException {
            if (sent >= size) {
                return -1;
            }
            int count = Math.min(length, Math.min(Math.max(1, size / 100), size - sent));
            for (int i = 0; i < count; i++) {
                buffer[offset + i] = (byte) ('a' + (sent + i) % 26);
            }
            sent += count;
            try {
                Thread.sleep(Math.min(time.toMillis() / 100, 200));
            } catch (InterruptedException e) {
                throw new IOException(e);
            }
            return count;
        }
    }
}
