package io.reportfiles.bench;

import io.reportfiles.dev.FreePort;
import io.reportfiles.dev.LocalS3;
import io.reportfiles.dev.PayaraMicro;
import io.reportfiles.dev.Trees;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Thousands of slow readers of a 16 MiB file, or readers who take nothing at all, and one healthy reader of a 4 KiB file
 * beside them; the server has a heap of 512 MiB. It makes a network of its own for it where it may, see {@link Namespaces}.
 */
public final class SlowReadersBenchmark {

    private static final String HEAP = "-Xmx512m";
    private static final String PASSWORD = "only-for-this-benchmark";
    private static final LocalS3.Credentials CREDENTIALS = new LocalS3.Credentials("bench", "bench-secret");
    private static final Pattern ID = Pattern.compile("\"id\":\"([0-9a-f-]{36})\"");

    private final PrintStream console = System.out;
    private final Path build;
    private final Path configuration;
    private final List<Run> runs;
    private final int seconds;
    private final Optional<String> readersNamespace;

    /** So many readers at so many bytes a second each; 0 means that they stand still. */
    private record Run(int readers, int rate) {

        static Run parse(String text) {
            String[] parts = text.split("x", 2);
            return new Run(Integer.parseInt(parts[0]), Integer.parseInt(parts[1]));
        }
    }

    private SlowReadersBenchmark(String[] arguments, Optional<String> readersNamespace) {
        this.build = Path.of(arguments[0]).toAbsolutePath();
        this.configuration = Path.of(arguments[1]).toAbsolutePath();
        this.runs = List.of(arguments[2].split(",")).stream().map(Run::parse).toList();
        this.seconds = Integer.parseInt(arguments[3]);
        this.readersNamespace = readersNamespace;
    }

    /**
     * Measures and prints.
     *
     * @param arguments build directory; {@code server-config/payara}; runs as {@code READERSxRATE} with commas between;
     *     seconds to look at the readers in each. The benchmark itself adds the namespace of the readers when it starts
     *     again within that of the server.
     */
    public static void main(String[] arguments) throws Exception {
        if (arguments.length > 4) {
            new SlowReadersBenchmark(arguments, Optional.of(arguments[4])).run();
        } else if (Namespaces.arePossible()) {
            try (Namespaces network = Namespaces.create()) {
                System.out.println(
                        "Across a virtual Ethernet: packets of 1,500 bytes, send buffers of at most 256 KiB.");
                List<String> again = java(SlowReadersBenchmark.class, List.of(arguments));
                again.add(network.readers());
                Process process =
                        new ProcessBuilder(network.onServer(again)).inheritIO().start();
                Runtime.getRuntime().addShutdownHook(new Thread(process::destroy));
                process.waitFor();
            }
        } else {
            System.out.println(
                    "On the loopback device, since no network namespace can be made (that takes Linux, root and"
                            + " `ip`): the kernel keeps megabytes for each reader, and its limit for all connections may be what is"
                            + " measured.");
            new SlowReadersBenchmark(arguments, Optional.empty()).run();
        }
    }

    private static List<String> java(Class<?> main, List<String> arguments) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-classpath",
                System.getProperty("java.class.path"),
                main.getName()));
        command.addAll(arguments);
        return command;
    }

    private void run() throws Exception {
        Path directory = build.resolve("slow-readers");
        for (Run run : runs) {
            console.printf(
                    "%n%d readers %s of a 16 MiB file, server with %s%n",
                    run.readers, run.rate == 0 ? "who take nothing" : "at " + run.rate + " bytes a second", HEAP);
            Trees.delete(directory);
            Files.createDirectories(directory);
            measure(run, directory);
        }
        Trees.delete(directory);
    }

    private void measure(Run run, Path directory) throws Exception {
        int port = FreePort.find();
        try (LocalS3 s3 = LocalS3.start(directory.resolve("s3"), 0, CREDENTIALS);
                PayaraMicro payara = PayaraMicro.start(
                        new PayaraMicro.Plan(
                                build.resolve("servers/payara-micro.jar"),
                                List.of(),
                                configuration,
                                build.resolve("report-files.war"),
                                port,
                                directory.resolve("server"),
                                directory.resolve("server.log")),
                        settings(s3.endpoint(), directory))) {
            ProcessHandle server =
                    ProcessHandle.current().children().findFirst().orElseThrow();
            URI application = URI.create("http://127.0.0.1:" + port + "/");
            awaitReady(payara, application);
            post(application, "api/organisations", "{\"code\":\"bench\",\"name\":\"Bench\",\"type\":\"agency\"}");
            post(
                    application,
                    "api/sections",
                    "{\"code\":\"bench\",\"title\":\"Bench\",\"extensions\":[\"zip\"],\"maxBytes\":1099511627776}");
            String large = submit(application, 16 << 20);
            String small = submit(application, 4 << 10);
            ServerWatch watch = new ServerWatch(server.pid(), s3.endpoint().getPort());
            Process readers = startReaders(run, port, large, small);
            try (BufferedReader said =
                    new BufferedReader(new InputStreamReader(readers.getInputStream(), StandardCharsets.UTF_8))) {
                for (String line = said.readLine(); line != null; line = said.readLine()) {
                    switch (line) {
                        case "begin" -> watch.begin();
                        case "end" -> console.println(watch.end());
                        default -> console.println(line);
                    }
                }
            } finally {
                watch.close();
                readers.destroy();
            }
        }
    }

    private Process startReaders(Run run, int port, String large, String small) throws IOException {
        String host = readersNamespace.isPresent() ? Namespaces.SERVER_ADDRESS : "127.0.0.1";
        List<String> command = java(
                SlowReaders.class,
                List.of(
                        host,
                        Integer.toString(port),
                        "/files/" + large,
                        "/files/" + small,
                        authorization(),
                        Integer.toString(run.readers),
                        Integer.toString(run.rate),
                        Integer.toString(seconds)));
        return new ProcessBuilder(readersNamespace
                        .map(namespace -> Namespaces.in(namespace, command))
                        .orElse(command))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }

    private static Map<String, String> settings(URI endpoint, Path directory) {
        return Map.ofEntries(
                Map.entry("JAVA_TOOL_OPTIONS", HEAP),
                Map.entry("REPORTFILES_S3_ENDPOINT", endpoint.toString()),
                Map.entry("REPORTFILES_S3_REGION", "us-east-1"),
                Map.entry("REPORTFILES_S3_BUCKET", "report-files"),
                Map.entry("REPORTFILES_S3_PATH_STYLE", "true"),
                Map.entry("REPORTFILES_S3_CREATE_BUCKET", "true"),
                Map.entry("REPORTFILES_S3_ACCESS_KEY", CREDENTIALS.accessKey()),
                Map.entry("REPORTFILES_S3_SECRET_KEY", CREDENTIALS.secretKey()),
                Map.entry("REPORTFILES_DB_URL", "jdbc:h2:file:" + directory.resolve("database")),
                Map.entry("REPORTFILES_ADMIN_PASSWORD", PASSWORD));
    }

    private static void awaitReady(PayaraMicro server, URI application) throws IOException, InterruptedException {
        long deadline = System.nanoTime() + Duration.ofMinutes(3).toNanos();
        while (!isReady(application)) {
            if (!server.isAlive() || System.nanoTime() > deadline) {
                throw new IOException(
                        "Payara Micro does not start; see slow-readers/server.log in the build directory");
            }
            Thread.sleep(500);
        }
    }

    private static boolean isReady(URI application) {
        try {
            return open(application, "GET", "health/ready").getResponseCode() == 200;
        } catch (IOException e) { // nothing listens yet
            return false;
        }
    }

    private static String submit(URI application, int bytes) throws IOException {
        byte[] content = new byte[bytes];
        new Random(bytes).nextBytes(content);
        HttpURLConnection connection = open(
                application,
                "POST",
                "api/report-files?organisation=bench&year=2026&quarter=Q3&section=bench&filename=bench.zip");
        String answer = send(connection, "application/octet-stream", content);
        Matcher id = ID.matcher(answer);
        if (!id.find()) {
            throw new IOException("no id in the answer");
        }
        return id.group(1);
    }

    private static void post(URI application, String path, String json) throws IOException {
        send(open(application, "POST", path), "application/json", json.getBytes(StandardCharsets.UTF_8));
    }

    private static String send(HttpURLConnection connection, String type, byte[] body) throws IOException {
        connection.setDoOutput(true);
        connection.setRequestProperty("Content-Type", type);
        connection.setFixedLengthStreamingMode(body.length);
        connection.getOutputStream().write(body);
        if (connection.getResponseCode() != 201) {
            throw new IOException("%s answered %d".formatted(connection.getURL(), connection.getResponseCode()));
        }
        try (InputStream answer = connection.getInputStream()) {
            return new String(answer.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static HttpURLConnection open(URI application, String method, String path) throws IOException {
        HttpURLConnection connection =
                (HttpURLConnection) application.resolve(path).toURL().openConnection();
        connection.setRequestMethod(method);
        connection.setRequestProperty("Authorization", authorization());
        return connection;
    }

    private static String authorization() {
        return "Basic " + Base64.getEncoder().encodeToString(("admin:" + PASSWORD).getBytes(StandardCharsets.UTF_8));
    }
}
