package io.reportfiles.operations;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.reportfiles.server.Api;
import io.reportfiles.server.OwnServer;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;

/**
 * All kinds of requests, again and again, to a server that is going to be stopped. The promises of answers are kept, to be
 * looked for when the next server has started; what it promises of itself, such as a whole body, is looked at at once.
 */
final class StoppedRequests {

    private static final String FIELDS = "organisation=alder&year=2026&quarter=Q3&section=active&filename=";
    private static final int RANGE_FIRST = 1000;

    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .followRedirects(HttpClient.Redirect.NEVER)
            .build();

    private final OwnServer server;
    private final Map<String, byte[]> available; // by id, when this began
    private final Map<String, byte[]> acknowledged = new ConcurrentHashMap<>(); // by id
    private final Map<URI, Long> appended = new ConcurrentHashMap<>();
    private final Queue<String> regions = new ConcurrentLinkedQueue<>();
    private final Queue<String> broken = new ConcurrentLinkedQueue<>();
    private final Map<String, Integer> answers = new ConcurrentHashMap<>();

    /** One kind of request, sent once: how it was answered. */
    interface Kind {
        HttpResponse<?> send(Random random) throws IOException, InterruptedException;
    }

    /**
     * For one life of a server.
     *
     * @param available files that are there, with their bytes
     */
    StoppedRequests(OwnServer server, Map<String, byte[]> available) {
        this.server = server;
        this.available = available;
    }

    /** By name. */
    Map<String, Kind> kinds() {
        return Map.ofEntries(
                Map.entry("raw", random -> submit(random, Optional.empty())),
                Map.entry(
                        "keyed",
                        random -> submit(random, Optional.of(UUID.randomUUID().toString()))),
                Map.entry("slow", this::submitSlowly),
                Map.entry("form", this::submitForm),
                Map.entry("tus", this::resumable),
                Map.entry("whole", this::download),
                Map.entry("range", this::range),
                Map.entry("zip", this::zip),
                Map.entry("list", this::list),
                Map.entry("csv", this::csv),
                Map.entry("change", this::change),
                Map.entry("login", this::login));
    }

    /** Sends requests of one kind until the server is gone. */
    void repeat(String name, Kind kind, Random random) {
        while (server.isAlive()) {
            String ended;
            try {
                HttpResponse<?> answer = kind.send(random);
                ended = Integer.toString(answer.statusCode());
                if (answer.statusCode() >= 400) {
                    requireStopping(name, answer);
                }
            } catch (IOException connection) {
                ended = "broken";
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            } catch (RuntimeException | AssertionError defect) {
                ended = "wrong";
                broken.add(name + ": " + defect);
            }
            answers.merge(name + " " + ended, 1, Integer::sum);
        }
    }

    /** Files whose submission was acknowledged, with their bytes. */
    Map<String, byte[]> acknowledged() {
        return acknowledged;
    }

    /** How often each kind was answered with each status. */
    Map<String, Integer> answers() {
        return answers;
    }

    /** What was promised and is not so, asked of the next server. */
    List<String> broken() throws IOException, InterruptedException {
        for (Map.Entry<String, byte[]> file : acknowledged.entrySet()) {
            HttpResponse<byte[]> answer =
                    http.send(request("files/" + file.getKey()).build(), BodyHandlers.ofByteArray());
            if (answer.statusCode() != 200 || !Arrays.equals(answer.body(), file.getValue())) {
                broken.add("acknowledged file %s: %d".formatted(file.getKey(), answer.statusCode()));
            }
        }
        for (String region : regions) {
            int status = server.send(request("api/regions/" + region)).statusCode();
            if (status != 200) {
                broken.add("acknowledged region %s: %d".formatted(region, status));
            }
        }
        for (Map.Entry<URI, Long> upload : appended.entrySet()) {
            HttpResponse<String> answer = server.send(OwnServer.request(upload.getKey())
                    .header("Tus-Resumable", "1.0.0")
                    .method("HEAD", BodyPublishers.noBody()));
            long offset = answer.headers().firstValueAsLong("Upload-Offset").orElse(-1);
            if (answer.statusCode() != 200 || offset < upload.getValue()) {
                broken.add("acknowledged %d bytes of %s: %d, %d"
                        .formatted(upload.getValue(), upload.getKey(), answer.statusCode(), offset));
            }
        }
        return List.copyOf(broken);
    }

    /** By the application, or at the very end by the server, whose page tells nobody when to come back. */
    private void requireStopping(String name, HttpResponse<?> answer) {
        boolean ours = answer.headers().firstValue("Content-Type").orElse("").startsWith("application/problem+json");
        boolean isTold = answer.statusCode() == 503
                && (ours
                                ? answer.headers().firstValue("Retry-After")
                                : answer.headers().firstValue("Connection"))
                        .isPresent();
        if (!isTold) {
            broken.add(told(name, answer));
        }
    }

    private static String told(String name, HttpResponse<?> answer) {
        String text = text(answer);
        return "%s: %d %s, %d characters: %s"
                .formatted(
                        name,
                        answer.statusCode(),
                        answer.headers().map(),
                        text.length(),
                        text.substring(0, Math.min(300, text.length())));
    }

    private static String text(HttpResponse<?> answer) {
        return answer.body() instanceof byte[] bytes ? new String(bytes, ISO_8859_1) : String.valueOf(answer.body());
    }

    private HttpResponse<String> submit(Random random, Optional<String> key) throws IOException, InterruptedException {
        byte[] content = content(random);
        HttpRequest.Builder request = post(FIELDS + "raw.txt", "text/plain", BodyPublishers.ofByteArray(content));
        key.ifPresent(value -> request.header("Idempotency-Key", value));
        return noted(server.send(request), content);
    }

    /** Some of these outlive the time that a stopping server gives them. */
    private HttpResponse<String> submitSlowly(Random random) throws IOException, InterruptedException {
        byte[] content = content(random);
        Duration time = Duration.ofMillis(random.nextInt(6000));
        BodyPublisher slowly = BodyPublishers.ofInputStream(() -> new Slowly(content, time));
        return noted(server.send(post(FIELDS + "slow.txt", "text/plain", slowly)), content);
    }

    private HttpResponse<String> submitForm(Random random) throws IOException, InterruptedException {
        byte[] content = content(random);
        StringBuilder head = new StringBuilder();
        Map.of("organisation", "alder", "year", "2026", "quarter", "Q3", "section", "active")
                .forEach((name, value) -> head.append(
                        "--b\r\nContent-Disposition: form-data; name=\"%s\"\r\n\r\n%s\r\n".formatted(name, value)));
        head.append("--b\r\nContent-Disposition: form-data; name=\"file\"; filename=\"form.txt\"\r\n\r\n");
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        body.writeBytes(head.toString().getBytes(UTF_8));
        body.writeBytes(content);
        body.writeBytes("\r\n--b--\r\n".getBytes(UTF_8));
        return noted(
                server.send(
                        post("", "multipart/form-data; boundary=b", BodyPublishers.ofByteArray(body.toByteArray()))),
                content);
    }

    private HttpResponse<String> noted(HttpResponse<String> answer, byte[] content) {
        if (answer.statusCode() < 400) {
            require(answer.statusCode() == 201, answer);
            acknowledged.put(Api.json(answer).getString("id"), content);
        }
        return answer;
    }

    private HttpResponse<String> resumable(Random random) throws IOException, InterruptedException {
        byte[] content = content(random);
        StringBuilder metadata = new StringBuilder("filename " + base64("tus.txt"));
        Map.of("organisation", "alder", "year", "2026", "quarter", "Q3", "section", "active")
                .forEach((name, value) ->
                        metadata.append(',').append(name).append(' ').append(base64(value)));
        HttpResponse<String> created = server.send(request("uploads")
                .header("Tus-Resumable", "1.0.0")
                .header("Upload-Length", Integer.toString(content.length))
                .header("Upload-Metadata", metadata.toString())
                .POST(BodyPublishers.noBody()));
        if (created.statusCode() >= 400) {
            return created;
        }
        require(created.statusCode() == 201, created);
        URI upload = server.address(created.headers().firstValue("Location").orElseThrow());
        appended.put(upload, 0L);
        int half = content.length / 2;
        HttpResponse<String> first = append(upload, content, 0, half);
        return first.statusCode() >= 400 ? first : append(upload, content, half, content.length);
    }

    private HttpResponse<String> append(URI upload, byte[] content, int from, int until)
            throws IOException, InterruptedException {
        HttpResponse<String> answer = server.send(OwnServer.request(upload)
                .header("Tus-Resumable", "1.0.0")
                .header("Upload-Offset", Integer.toString(from))
                .header("Content-Type", "application/offset+octet-stream")
                .method("PATCH", BodyPublishers.ofByteArray(content, from, until - from)));
        if (answer.statusCode() < 400) {
            require(answer.statusCode() == 204, answer);
            require(answer.headers().firstValueAsLong("Upload-Offset").orElse(-1) == until, answer);
            appended.put(upload, (long) until);
        }
        return answer;
    }

    private HttpResponse<byte[]> download(Random random) throws IOException, InterruptedException {
        String id = any(random);
        HttpResponse<byte[]> answer = http.send(request("files/" + id).build(), BodyHandlers.ofByteArray());
        if (answer.statusCode() < 400) {
            require(answer.statusCode() == 200 && Arrays.equals(answer.body(), available.get(id)), answer);
        }
        return answer;
    }

    private HttpResponse<byte[]> range(Random random) throws IOException, InterruptedException {
        String id = any(random);
        byte[] content = available.get(id);
        HttpResponse<byte[]> answer = http.send(
                request("files/" + id)
                        .header("Range", "bytes=%d-".formatted(RANGE_FIRST))
                        .build(),
                BodyHandlers.ofByteArray());
        if (answer.statusCode() < 400) {
            byte[] part = Arrays.copyOfRange(content, RANGE_FIRST, content.length);
            require(answer.statusCode() == 206 && Arrays.equals(answer.body(), part), answer);
        }
        return answer;
    }

    private HttpResponse<byte[]> zip(Random random) throws IOException, InterruptedException {
        String query = "id=" + String.join("&id=", available.keySet());
        HttpResponse<byte[]> answer = http.send(request("files.zip?" + query).build(), BodyHandlers.ofByteArray());
        if (answer.statusCode() < 400) {
            require(answer.statusCode() == 200 && entries(answer.body()) == available.size(), answer);
            String end = new String(answer.body(), Math.max(0, answer.body().length - 22), 4, ISO_8859_1);
            require(end.equals("PK\5\6"), answer);
        }
        return answer;
    }

    private static int entries(byte[] archive) throws IOException {
        int entries = 0;
        try (ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(archive))) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                zip.transferTo(ByteArrayOutputStream.nullOutputStream()); // compares the checksum
                entries++;
            }
        }
        return entries;
    }

    private HttpResponse<String> list(Random random) throws IOException, InterruptedException {
        HttpResponse<String> answer = server.send(request("api/report-files?size=50"));
        if (answer.statusCode() < 400) {
            require(answer.statusCode() == 200 && !Api.items(answer, "id").isEmpty(), answer);
        }
        return answer;
    }

    private HttpResponse<String> csv(Random random) throws IOException, InterruptedException {
        HttpResponse<String> answer = server.send(request("api/audit?format=csv"));
        if (answer.statusCode() < 400) {
            require(answer.statusCode() == 200 && answer.body().endsWith("\r\n"), answer);
            require(answer.body().contains("SECTION_CREATED"), answer); // which is old, so it comes last
        }
        return answer;
    }

    private HttpResponse<String> change(Random random) throws IOException, InterruptedException {
        String code = "r-" + UUID.randomUUID().toString().substring(0, 8);
        HttpResponse<String> answer = server.send(request("api/regions")
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString("{\"code\":\"%s\",\"name\":\"R\"}".formatted(code))));
        if (answer.statusCode() < 400) {
            require(answer.statusCode() == 201, answer);
            regions.add(code);
        }
        return answer;
    }

    private HttpResponse<String> login(Random random) throws IOException, InterruptedException {
        Thread.sleep(200); // a password costs a processor for long
        HttpResponse<String> answer = http.send(
                HttpRequest.newBuilder(server.address("login"))
                        .timeout(Duration.ofMinutes(1))
                        .header("Content-Type", "application/x-www-form-urlencoded")
                        .header("Accept", "application/json")
                        .POST(BodyPublishers.ofString("name=admin&password=only-for-this-test"))
                        .build(),
                BodyHandlers.ofString());
        if (answer.statusCode() < 400) {
            require(answer.statusCode() == 303, answer);
            require(answer.headers().firstValue("Set-Cookie").isPresent(), answer);
        }
        return answer;
    }

    private static void require(boolean kept, HttpResponse<?> answer) {
        if (!kept) {
            throw new IllegalStateException(told("answer", answer));
        }
    }

    private String any(Random random) {
        List<String> ids = List.copyOf(available.keySet());
        return ids.get(random.nextInt(ids.size()));
    }

    /** Mostly small. */
    private static byte[] content(Random random) {
        byte[] content = new byte[random.nextInt(10) == 0 ? 1 << 20 : 1 + random.nextInt(100_000)];
        random.nextBytes(content);
        return content;
    }

    private HttpRequest.Builder post(String query, String type, BodyPublisher body) {
        return request("api/report-files?" + query).header("Content-Type", type).POST(body);
    }

    private HttpRequest.Builder request(String path) {
        return OwnServer.request(server.address(path));
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(UTF_8));
    }

    /** Bytes that come in twenty pieces over some time. */
    private static final class Slowly extends InputStream {

        private final ByteArrayInputStream content;
        private final int piece;
        private final Duration pause;

        Slowly(byte[] content, Duration time) {
            this.content = new ByteArrayInputStream(content);
            piece = content.length / 20 + 1;
            pause = time.dividedBy(20);
        }

        @Override
        public int read() {
            return content.read();
        }

        @Override
        public int read(byte[] buffer, int offset, int length) throws IOException {
            try {
                Thread.sleep(pause.toMillis());
            } catch (InterruptedException e) {
                throw new IOException(e);
            }
            return content.read(buffer, offset, Math.min(length, piece));
        }
    }
}
