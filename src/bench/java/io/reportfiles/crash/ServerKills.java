package io.reportfiles.crash;

import io.reportfiles.dev.FreePort;
import io.reportfiles.dev.PayaraMicro;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Starts the whole application in Payara Micro, submits over HTTP, and kills it at random instants. */
final class ServerKills {

    private static final String PASSWORD = "only-for-this-campaign";
    private static final int CLIENTS = 6;
    private static final int LONGEST_LIFE_MILLIS = 5_000;
    private static final Duration LONGEST_START = Duration.ofMinutes(1);
    private static final Pattern ID = Pattern.compile("\"id\":\"([0-9a-f-]{36})\"");
    private static final String AUTHORIZATION =
            "Basic " + Base64.getEncoder().encodeToString(("admin:" + PASSWORD).getBytes(StandardCharsets.UTF_8));

    private final Surroundings surroundings;
    private final Path build;
    private final Path configuration;
    private final Path directory;
    private final int port = FreePort.find();
    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    ServerKills(Surroundings surroundings, Path build, Path configuration, Path directory) {
        this.surroundings = surroundings;
        this.build = build;
        this.configuration = configuration;
        this.directory = directory;
    }

    /** Kills the server while it is being submitted to. */
    void run(int kills, Map<String, String> acknowledged) throws IOException, InterruptedException {
        Random random = new Random();
        for (int kill = 0; kill < kills; kill++) {
            PayaraMicro server = start();
            int before = acknowledged.size();
            List<Thread> clients = new ArrayList<>();
            for (int client = 0; client < CLIENTS; client++) {
                Random own = new Random(random.nextLong());
                Thread thread = new Thread(() -> submitUntilItFails(own, acknowledged));
                thread.start();
                clients.add(thread);
            }
            awaitMoreThan(before, acknowledged);
            Thread.sleep(random.nextInt(LONGEST_LIFE_MILLIS));
            server.kill();
            for (Thread client : clients) {
                client.join();
            }
        }
    }

    /** A server that has only just started does nothing that a kill could break, and on a busy machine for long. */
    private static void awaitMoreThan(int before, Map<String, String> acknowledged) throws InterruptedException {
        long deadline = System.nanoTime() + LONGEST_START.toNanos();
        while (acknowledged.size() <= before) {
            if (System.nanoTime() > deadline) {
                throw new IllegalStateException("the server accepts nothing");
            }
            Thread.sleep(20);
        }
    }

    /** Downloads everything; returns the ids of what did not come with its digest. */
    List<String> download(Map<String, Inspection.Published> files) throws IOException, InterruptedException {
        List<String> lost = new ArrayList<>();
        try (PayaraMicro server = start()) {
            for (Map.Entry<String, Inspection.Published> file : files.entrySet()) {
                HttpResponse<byte[]> answer =
                        http.send(request("files/" + file.getKey()).build(), BodyHandlers.ofByteArray());
                if (answer.statusCode() != 200
                        || !sha256(answer.body()).equals(file.getValue().sha256())) {
                    lost.add(file.getKey() + ": " + answer.statusCode());
                }
            }
            if (!server.isAlive()) {
                lost.add("the server has ended");
            }
        }
        return lost;
    }

    private PayaraMicro start() throws IOException, InterruptedException {
        Map<String, String> environment = new HashMap<>(surroundings.environment());
        environment.put("REPORTFILES_ADMIN_PASSWORD", PASSWORD);
        environment.put("JAVA_TOOL_OPTIONS", "-Xmx320m -XX:+UseSerialGC -XX:TieredStopAtLevel=1");
        PayaraMicro server = PayaraMicro.start(
                new PayaraMicro.Plan(
                        build.resolve("servers/payara-micro.jar"),
                        List.of(build.resolve("servers/postgresql.jar").toAbsolutePath()),
                        configuration,
                        build.resolve("report-files.war"),
                        port,
                        directory.resolve("server"),
                        directory.resolve("server.log")),
                environment);
        server.awaitAnswer(address("health/ready"));
        return server;
    }

    private void submitUntilItFails(Random random, Map<String, String> acknowledged) {
        try {
            while (true) {
                byte[] content = Surroundings.file(random);
                HttpResponse<String> answer = http.send(
                        request("api/report-files?organisation=%s&year=2026&quarter=Q3&section=%s&filename=crash.csv"
                                        .formatted(Surroundings.ORGANISATION, Surroundings.SECTION))
                                .header("Content-Type", "application/octet-stream")
                                .POST(BodyPublishers.ofByteArray(content))
                                .build(),
                        BodyHandlers.ofString());
                Matcher id = ID.matcher(answer.body());
                if (answer.statusCode() == 201 && id.find()) {
                    acknowledged.put(id.group(1), sha256(content));
                }
            }
        } catch (IOException e) {
            return; // killed
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(address(path))
                .timeout(Duration.ofMinutes(2))
                .header("Authorization", AUTHORIZATION);
    }

    private URI address(String path) {
        return URI.create("http://127.0.0.1:" + port + "/" + path);
    }

    private static String sha256(byte[] content) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
