package io.reportfiles.bench;

import io.reportfiles.dev.FaultProxy;
import io.reportfiles.dev.FaultProxy.Fault;
import io.reportfiles.dev.FreePort;
import io.reportfiles.dev.LocalS3;
import io.reportfiles.dev.PayaraMicro;
import io.reportfiles.dev.Trees;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpClient.Version;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One download from an origin that limits each connection, by a server that reads ahead and by one that does not, one
 * after the other and in turn: what matters is the ratio.
 */
public final class ReadAheadBenchmark {

    private static final String PASSWORD = "only-for-this-benchmark";
    private static final LocalS3.Credentials CREDENTIALS = new LocalS3.Credentials("bench", "bench-secret");
    private static final Pattern ID = Pattern.compile("\"id\":\"([0-9a-f-]{36})\"");
    private static final int BLOCK_BYTES = 1 << 20;

    private final HttpClient http =
            HttpClient.newBuilder().version(Version.HTTP_1_1).build();
    private final URI application;

    private ReadAheadBenchmark(int port) {
        this.application = URI.create("http://127.0.0.1:" + port + "/");
    }

    /**
     * Starts S3 and Payara Micro, measures and prints.
     *
     * @param arguments build directory, {@code server-config/payara}, size of the file in MiB, number of rounds, and
     *     optionally the connections of one download and MB/s of one connection
     */
    public static void main(String[] arguments) throws Exception {
        Path build = Path.of(arguments[0]).toAbsolutePath();
        long mebibytes = Long.parseLong(arguments[2]);
        int rounds = Integer.parseInt(arguments[3]);
        int streams = arguments.length > 4 ? Integer.parseInt(arguments[4]) : 8;
        long bytesPerSecond = (arguments.length > 5 ? Long.parseLong(arguments[5]) : 50) * 1_000_000;
        Path directory = build.resolve("bench-read-ahead");
        Trees.delete(directory);
        Files.createDirectories(directory);
        System.out.printf(
                "%d MiB from an origin of %d MB/s a connection%n%-14s%10s%n",
                mebibytes, bytesPerSecond / 1_000_000, "connections", "MiB/s");
        try (LocalS3 server = LocalS3.start(directory.resolve("s3"), 0, CREDENTIALS);
                FaultProxy origin = FaultProxy.before(server.endpoint())) {
            String id = "";
            Map<Integer, Double> best = new HashMap<>();
            for (int connections : new int[] {1, streams}) {
                int port = FreePort.find();
                origin.lift();
                try (PayaraMicro payara = PayaraMicro.start(
                        new PayaraMicro.Plan(
                                build.resolve("servers/payara-micro.jar"),
                                List.of(),
                                Path.of(arguments[1]).toAbsolutePath(),
                                build.resolve("report-files.war"),
                                port,
                                directory.resolve("server"),
                                directory.resolve("server.log")),
                        settings(origin.endpoint(), directory, connections))) {
                    ReadAheadBenchmark benchmark = new ReadAheadBenchmark(port);
                    benchmark.awaitReady(payara);
                    if (id.isEmpty()) {
                        id = benchmark.submit(mebibytes);
                    }
                    origin.set(new Fault.Throttle(bytesPerSecond));
                    for (int round = 0; round < rounds; round++) {
                        double rate = benchmark.download(id, mebibytes);
                        best.merge(connections, rate, Math::max);
                        System.out.printf("%-14d%10.0f%n", connections, rate);
                    }
                }
            }
            System.out.printf("ratio of the best: %.2f%n", best.get(streams) / best.get(1));
        } finally {
            Trees.delete(directory);
        }
    }

    private static Map<String, String> settings(URI endpoint, Path directory, int connections) {
        Map<String, String> settings = new HashMap<>();
        settings.put("REPORTFILES_S3_ENDPOINT", endpoint.toString());
        settings.put("REPORTFILES_S3_REGION", "us-east-1");
        settings.put("REPORTFILES_S3_BUCKET", "report-files");
        settings.put("REPORTFILES_S3_PATH_STYLE", "true");
        settings.put("REPORTFILES_S3_CREATE_BUCKET", "true");
        settings.put("REPORTFILES_S3_ACCESS_KEY", CREDENTIALS.accessKey());
        settings.put("REPORTFILES_S3_SECRET_KEY", CREDENTIALS.secretKey());
        settings.put("REPORTFILES_DB_URL", "jdbc:h2:file:" + directory.resolve("database"));
        settings.put("REPORTFILES_ADMIN_PASSWORD", PASSWORD);
        settings.put("REPORTFILES_DOWNLOAD_READ_AHEAD", Integer.toString(connections));
        return settings;
    }

    private void awaitReady(PayaraMicro server) throws IOException, InterruptedException {
        while (!isReady()) {
            if (!server.isAlive()) {
                throw new IOException("Payara Micro has ended; see its server.log");
            }
            Thread.sleep(500);
        }
    }

    private boolean isReady() throws InterruptedException {
        try {
            return http.send(request("health/ready").build(), BodyHandlers.discarding())
                            .statusCode()
                    == 200;
        } catch (IOException e) { // nothing listens yet
            return false;
        }
    }

    private String submit(long mebibytes) throws IOException, InterruptedException {
        create("api/organisations", "{\"code\":\"bench\",\"name\":\"Bench\",\"type\":\"agency\"}");
        create(
                "api/sections",
                "{\"code\":\"bench\",\"title\":\"Bench\",\"extensions\":[\"zip\"],\"maxBytes\":1099511627776}");
        byte[] block = new byte[BLOCK_BYTES];
        new Random(1).nextBytes(block);
        List<InputStream> blocks = new ArrayList<>();
        for (int i = 0; i < mebibytes; i++) {
            blocks.add(new ByteArrayInputStream(block));
        }
        BodyPublisher file = BodyPublishers.fromPublisher(
                BodyPublishers.ofInputStream(() -> new SequenceInputStream(Collections.enumeration(blocks))),
                mebibytes * BLOCK_BYTES);
        String answer = post(
                "api/report-files?organisation=bench&year=2026&quarter=Q3&section=bench&filename=bench.zip",
                "application/octet-stream",
                file);
        Matcher id = ID.matcher(answer);
        if (!id.find()) {
            throw new IOException("no id in the answer: " + answer);
        }
        return id.group(1);
    }

    /** MiB a second. */
    private double download(String id, long mebibytes) throws IOException, InterruptedException {
        long start = System.nanoTime();
        HttpResponse<InputStream> answer = http.send(request("files/" + id).build(), BodyHandlers.ofInputStream());
        long total = 0;
        try (InputStream content = answer.body()) {
            byte[] buffer = new byte[64 * 1024];
            for (int count = content.read(buffer); count >= 0; count = content.read(buffer)) {
                total += count;
            }
        }
        if (answer.statusCode() != 200 || total != mebibytes * BLOCK_BYTES) {
            throw new IOException("%d bytes with status %d".formatted(total, answer.statusCode()));
        }
        return mebibytes / (Duration.ofNanos(System.nanoTime() - start).toMillis() / 1000.0);
    }

    private void create(String path, String json) throws IOException, InterruptedException {
        post(path, "application/json", BodyPublishers.ofString(json));
    }

    private String post(String path, String type, BodyPublisher body) throws IOException, InterruptedException {
        HttpResponse<String> answer =
                http.send(request(path).header("Content-Type", type).POST(body).build(), BodyHandlers.ofString());
        if (answer.statusCode() != 201) {
            throw new IOException("%s answered %d: %s".formatted(path, answer.statusCode(), answer.body()));
        }
        return answer.body();
    }

    private HttpRequest.Builder request(String path) {
        String credentials = Base64.getEncoder().encodeToString(("admin:" + PASSWORD).getBytes(StandardCharsets.UTF_8));
        return HttpRequest.newBuilder(application.resolve(path)).header("Authorization", "Basic " + credentials);
    }
}
