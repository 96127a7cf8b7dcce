package io.reportfiles.bench;

import io.reportfiles.dev.FreePort;
import io.reportfiles.dev.LocalS3;
import io.reportfiles.dev.PayaraMicro;
import io.reportfiles.dev.Trees;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;

/**
 * One large file up and down, through the application and directly with the SDK, in turn against the same local S3
 * server: what matters is the ratio. The S3 server runs in this process, in both cases.
 */
public final class ThroughputBenchmark {

    private static final String BUCKET = "report-files";
    private static final String PASSWORD = "only-for-this-benchmark";
    private static final LocalS3.Credentials CREDENTIALS = new LocalS3.Credentials("bench", "bench-secret");
    private static final Pattern ID = Pattern.compile("\"id\":\"([0-9a-f-]{36})\"");

    private final PrintStream console;
    private final URI application;
    private final S3Client s3;
    private final long bytes;
    private final byte[] block = new byte[1 << 20];

    private ThroughputBenchmark(PrintStream console, URI application, S3Client s3, long bytes) {
        this.console = console;
        this.application = application;
        this.s3 = s3;
        this.bytes = bytes;
        new Random(1).nextBytes(block);
    }

    /**
     * Starts S3 and Payara Micro, measures and prints.
     *
     * @param arguments build directory, {@code server-config/payara}, size of the file in MiB, number of rounds
     */
    public static void main(String[] arguments) throws Exception {
        Path build = Path.of(arguments[0]);
        Path directory = build.resolve("bench").toAbsolutePath();
        Trees.delete(directory);
        Files.createDirectories(directory);
        int port = FreePort.find();
        try (LocalS3 server = LocalS3.start(directory.resolve("s3"), 0, CREDENTIALS);
                S3Client s3 = client(server.endpoint());
                PayaraMicro payara = PayaraMicro.start(
                        new PayaraMicro.Plan(
                                build.resolve("servers/payara-micro.jar"),
                                List.of(),
                                Path.of(arguments[1]).toAbsolutePath(),
                                build.resolve("report-files.war"),
                                port,
                                directory.resolve("server"),
                                directory.resolve("server.log")),
                        settings(server.endpoint(), directory))) {
            ThroughputBenchmark benchmark = new ThroughputBenchmark(
                    System.out, URI.create("http://127.0.0.1:" + port + "/"), s3, Long.parseLong(arguments[2]) << 20);
            benchmark.awaitReady(payara);
            benchmark.run(Integer.parseInt(arguments[3]));
        } finally {
            Trees.delete(directory);
        }
    }

    private static Map<String, String> settings(URI endpoint, Path directory) {
        return Map.of(
                "REPORTFILES_S3_ENDPOINT",
                endpoint.toString(),
                "REPORTFILES_S3_REGION",
                "us-east-1",
                "REPORTFILES_S3_BUCKET",
                BUCKET,
                "REPORTFILES_S3_PATH_STYLE",
                "true",
                "REPORTFILES_S3_CREATE_BUCKET",
                "true",
                "REPORTFILES_S3_ACCESS_KEY",
                CREDENTIALS.accessKey(),
                "REPORTFILES_S3_SECRET_KEY",
                CREDENTIALS.secretKey(),
                "REPORTFILES_DB_URL",
                "jdbc:h2:file:" + directory.resolve("database"),
                "REPORTFILES_ADMIN_PASSWORD",
                PASSWORD);
    }

    private static S3Client client(URI endpoint) {
        return S3Client.builder()
                .endpointOverride(endpoint)
                .forcePathStyle(true)
                .region(Region.US_EAST_1)
                .credentialsProvider(StaticCredentialsProvider.create(
                        AwsBasicCredentials.create(CREDENTIALS.accessKey(), CREDENTIALS.secretKey())))
                .build();
    }

    private void awaitReady(PayaraMicro server) throws IOException, InterruptedException {
        while (!isReady()) {
            if (!server.isAlive()) {
                throw new IOException("Payara Micro has ended; see server.log in the build directory's bench");
            }
            Thread.sleep(500);
        }
    }

    private boolean isReady() {
        try {
            return open("GET", "health/ready").getResponseCode() == 200;
        } catch (IOException e) { // nothing listens yet
            return false;
        }
    }

    private void run(int rounds) throws IOException {
        post("api/organisations", "{\"code\":\"bench\",\"name\":\"Bench\",\"type\":\"agency\"}");
        post(
                "api/sections",
                "{\"code\":\"bench\",\"title\":\"Bench\",\"extensions\":[\"zip\"],\"maxBytes\":1099511627776}");
        List<Double> up = new ArrayList<>();
        List<Double> down = new ArrayList<>();
        console.printf(
                "%d MiB, MiB/s%n%-8s%12s%12s%8s%12s%12s%8s%n",
                bytes >> 20, "round", "up direct", "up app", "ratio", "down direct", "down app", "ratio");
        for (int round = 0; round <= rounds; round++) { // round 0 warms up and does not count
            double upDirect = rate(this::putDirectly);
            String[] id = new String[1];
            double upApp = rate(() -> id[0] = submit());
            double downDirect = rate(this::getDirectly);
            double downApp = rate(() -> download(id[0]));
            if (round > 0) {
                up.add(upApp / upDirect);
                down.add(downApp / downDirect);
            }
            console.printf(
                    "%-8d%12.0f%12.0f%8.2f%12.0f%12.0f%8.2f%n",
                    round, upDirect, upApp, upApp / upDirect, downDirect, downApp, downApp / downDirect);
        }
        console.printf("median ratio to the direct transfer: upload %.2f, download %.2f%n", median(up), median(down));
    }

    private interface Transfer {
        void run() throws IOException;
    }

    private double rate(Transfer transfer) throws IOException {
        long start = System.nanoTime();
        transfer.run();
        return (bytes >> 20) / (Duration.ofNanos(System.nanoTime() - start).toMillis() / 1000.0);
    }

    private static double median(List<Double> values) {
        double[] sorted =
                values.stream().mapToDouble(Double::doubleValue).sorted().toArray();
        return Arrays.stream(sorted).skip((sorted.length - 1) / 2).findFirst().orElse(Double.NaN);
    }

    private void putDirectly() {
        s3.putObject(
                request -> request.bucket(BUCKET).key("direct"),
                RequestBody.fromContentProvider(Blocks::new, bytes, "application/octet-stream"));
    }

    private void getDirectly() throws IOException {
        try (InputStream content =
                s3.getObject(request -> request.bucket(BUCKET).key("direct"))) {
            drain(content);
        }
    }

    private String submit() throws IOException {
        HttpURLConnection connection = open(
                "POST", "api/report-files?organisation=bench&year=2026&quarter=Q3&section=bench&filename=bench.zip");
        connection.setDoOutput(true);
        connection.setRequestProperty("Content-Type", "application/octet-stream");
        connection.setFixedLengthStreamingMode(bytes);
        try (OutputStream out = connection.getOutputStream();
                InputStream content = new Blocks()) {
            byte[] buffer = new byte[64 * 1024];
            for (int count = content.read(buffer); count >= 0; count = content.read(buffer)) {
                out.write(buffer, 0, count);
            }
        }
        Matcher id = ID.matcher(answer(connection, 201));
        if (!id.find()) {
            throw new IOException("no id in the answer");
        }
        return id.group(1);
    }

    private void download(String id) throws IOException {
        try (InputStream content = open("GET", "files/" + id).getInputStream()) {
            drain(content);
        }
    }

    private void drain(InputStream content) throws IOException {
        byte[] buffer = new byte[64 * 1024];
        long total = 0;
        for (int count = content.read(buffer); count >= 0; count = content.read(buffer)) {
            total += count;
        }
        if (total != bytes) {
            throw new IOException("%d bytes came instead of %d".formatted(total, bytes));
        }
    }

    private void post(String path, String json) throws IOException {
        HttpURLConnection connection = open("POST", path);
        connection.setDoOutput(true);
        connection.setRequestProperty("Content-Type", "application/json");
        try (OutputStream out = connection.getOutputStream()) {
            out.write(json.getBytes(StandardCharsets.UTF_8));
        }
        answer(connection, 201);
    }

    private HttpURLConnection open(String method, String path) throws IOException {
        HttpURLConnection connection =
                (HttpURLConnection) application.resolve(path).toURL().openConnection();
        connection.setRequestMethod(method);
        connection.setRequestProperty(
                "Authorization",
                "Basic " + Base64.getEncoder().encodeToString(("admin:" + PASSWORD).getBytes(StandardCharsets.UTF_8)));
        return connection;
    }

    private static String answer(HttpURLConnection connection, int expected) throws IOException {
        if (connection.getResponseCode() != expected) {
            throw new IOException("%s answered %d".formatted(connection.getURL(), connection.getResponseCode()));
        }
        try (InputStream body = connection.getInputStream()) {
            return new String(body.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    /** The file: one random block over and over. */
    private final class Blocks extends InputStream {

        private long position;

        @Override
        public int read() {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] buffer, int offset, int length) {
            if (position == bytes) {
                return -1;
            }
            int from = (int) (position % block.length);
            int count = (int) Math.min(Math.min(length, block.length - from), bytes - position);
            System.arraycopy(block, from, buffer, offset, count);
            position += count;
            return count;
        }
    }
}
