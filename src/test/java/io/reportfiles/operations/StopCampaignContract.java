package io.reportfiles.operations;

import static org.assertj.core.api.Assertions.assertThat;

import io.reportfiles.server.Api;
import io.reportfiles.server.Deployed;
import io.reportfiles.server.OwnServer;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Stops a server by SIGTERM at random instants, while clients send requests of all kinds: an answer that promises something
 * is kept, and all others say that the server stops. Once in a build; as often as {@code -Dreportfiles.stops} says.
 */
abstract class StopCampaignContract {

    private static final int STOPS = Integer.getInteger("reportfiles.stops", 1);
    private static final int LONGEST_LIFE_MILLIS = 4000;
    private static final int SIZE = 700_000;

    private final Map<String, Integer> answers = new TreeMap<>();

    @TempDir
    Path directory;

    protected abstract Deployed.Product product();

    @Test
    void noAnswerOfAServerThatIsStoppedPromisesMoreThanIsKept() throws Exception {
        long seed = Long.getLong("reportfiles.seed", System.nanoTime());
        Random random = new Random(seed);
        try (OwnServer server = OwnServer.on(
                product(),
                directory,
                Map.of(
                        "REPORTFILES_SHUTDOWN_GRACE",
                        "2s",
                        "REPORTFILES_DB_USER",
                        "reportfiles",
                        "REPORTFILES_DB_PASSWORD",
                        "only-for-this-test"))) {
            server.start();
            server.create("organisations", "{\"code\": \"alder\", \"name\": \"Alder\", \"type\": \"state\"}");
            server.create(
                    "sections",
                    "{\"code\": \"active\", \"title\": \"Active\", \"extensions\": [\"txt\"], \"maxBytes\": 1000000000}");
            Map<String, byte[]> available = submitSome(server, random);
            for (int stop = 1; stop <= STOPS; stop++) {
                StoppedRequests requests = stopAmidst(server, available, random);
                server.start();
                assertThat(requests.broken()).as("stop %d, seed %d", stop, seed).isEmpty();
                requests.answers().forEach((answer, count) -> answers.merge(answer, count, Integer::sum));
            }
        }
        System.out.printf("%s, %d stops: %s%n", product(), STOPS, answers);
        assertThat(answers.keySet()).as("some are told that the server stops").anyMatch(kind -> kind.endsWith(" 503"));
        for (String kind : List.of(
                "raw 201",
                "keyed 201",
                "form 201",
                "tus 204",
                "whole 200",
                "range 206",
                "zip 200",
                "list 200",
                "csv 200",
                "change 201")) {
            assertThat(answers).containsKey(kind);
        }
    }

    private StoppedRequests stopAmidst(OwnServer server, Map<String, byte[]> available, Random random)
            throws InterruptedException {
        StoppedRequests requests = new StoppedRequests(server, available);
        List<Thread> clients = new ArrayList<>();
        requests.kinds().forEach((name, kind) -> {
            Random own = new Random(random.nextLong());
            clients.add(new Thread(() -> requests.repeat(name, kind, own), name));
        });
        clients.forEach(Thread::start);
        Thread.sleep(1500 + random.nextInt(LONGEST_LIFE_MILLIS));
        server.terminate();
        server.awaitEnd();
        for (Thread client : clients) {
            client.join();
        }
        return requests;
    }

    private static Map<String, byte[]> submitSome(OwnServer server, Random random) throws Exception {
        Map<String, byte[]> files = new TreeMap<>();
        for (int size : new int[] {2000, 100_000, SIZE, 4 * SIZE}) {
            byte[] content = new byte[size];
            random.nextBytes(content);
            HttpResponse<String> stored = server.send(OwnServer.request(server.address(
                            "api/report-files?organisation=alder&year=2026&quarter=Q1&section=active&filename=f%d.txt"
                                    .formatted(size)))
                    .header("Content-Type", "text/plain")
                    .POST(BodyPublishers.ofByteArray(content)));
            assertThat(stored.statusCode()).as(stored.body()).isEqualTo(201);
            files.put(Api.json(stored).getString("id"), content);
        }
        return files;
    }
}
