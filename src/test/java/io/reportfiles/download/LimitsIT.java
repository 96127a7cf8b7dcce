package io.reportfiles.download;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.reportfiles.server.Deployed;
import io.reportfiles.server.OnServer;
import jakarta.json.JsonObject;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What happens to an account that asks for more than it may. The limits are those of the tests' servers. */
@OnServer
@Tag(OnServer.ANY_DATABASE)
class LimitsIT {

    private static final int AT_ONCE = 64;
    private static final byte[] LARGE = Reader.randomBytes(24 << 20); // far more than is buffered on the way
    private static final byte[] SMALL = Reader.randomBytes(60);

    private static Reader reader;
    private static String large;
    private static String small;

    @BeforeAll
    static void submit() throws Exception {
        reader = Reader.create();
        large = reader.submitted("large.zip", LARGE);
        small = reader.submitted("small.zip", SMALL);
    }

    @Test
    void noMoreDownloadsRunThanMay() throws Exception {
        String authorization = reader.account("READER");
        List<RawReader> admitted = new ArrayList<>();
        List<RawReader> all = new ArrayList<>();
        try {
            for (int i = 0; i < AT_ONCE; i++) {
                all.add(new RawReader());
            }
            for (RawReader one : all) {
                ask(one, authorization);
            }
            for (RawReader one : all) {
                Map<String, String> head = one.head();
                if (head.get("").contains(" 200")) {
                    admitted.add(one);
                } else {
                    assertThat(head.get("")).contains(" 429");
                    assertThat(head).containsEntry("retry-after", "10");
                    assertThat(new String(one.body(Integer.parseInt(head.get("content-length"))), UTF_8))
                            .contains("urn:report-files:problem:too-many-requests")
                            .contains("Your account has %d downloads under way, and may not have more."
                                    .formatted(Deployed.DOWNLOADS));
                }
            }
            assertThat(admitted).hasSize(Deployed.DOWNLOADS);
            assertThat(refusals(authorization)).isEqualTo(AT_ONCE - Deployed.DOWNLOADS);
            assertThat(metric("limit=\"downloads\"")).isGreaterThanOrEqualTo(AT_ONCE - Deployed.DOWNLOADS);
            assertThat(get(small, reader.account("READER")).statusCode())
                    .as("another account")
                    .isEqualTo(200);

            admitted.get(0).reset(); // it leaves
            Instant end = Instant.now().plus(Duration.ofSeconds(30));
            while (get(small, authorization).statusCode() != 200) { // as soon as the server has noticed
                assertThat(Instant.now()).isBefore(end);
                Thread.sleep(50);
            }
        } finally {
            for (RawReader one : all) {
                one.close();
            }
        }
    }

    private static void ask(RawReader raw, String authorization) throws Exception {
        raw.sendAtOnce("GET /files/%s HTTP/1.1\r\nHost: %s\r\nAuthorization: %s\r\n\r\n"
                .formatted(large, Deployed.baseUri().getAuthority(), authorization));
    }

    @Test
    void bytesOfADayAreCountedOnAllNodes() throws Exception {
        String authorization = reader.account("READER");
        takeElsewhere(authorization, Deployed.BYTES_PER_DAY - 100);

        assertThat(get(small, authorization).statusCode()).isEqualTo(200);
        HttpResponse<byte[]> refused = get(small, authorization);
        assertThat(refused.statusCode()).isEqualTo(429);
        assertThat(new String(refused.body(), UTF_8)).contains(" 40 are left, and this takes 60.");
        assertThat(Integer.parseInt(refused.headers().firstValue("Retry-After").orElseThrow()))
                .isBetween(1, 86_400);
        assertThat(refusals(authorization)).isEqualTo(1);

        assertThat(send(Reader.anonymous("files/" + small).method("HEAD", BodyPublishers.noBody()), authorization)
                        .statusCode())
                .isEqualTo(200);
        String tag = tag(small, authorization);
        assertThat(send(Reader.anonymous("files/" + small).header("If-None-Match", tag), authorization)
                        .statusCode())
                .isEqualTo(304);
        assertThat(send(Reader.anonymous("files/" + small).header("Range", "bytes=20-"), authorization)
                        .statusCode())
                .isEqualTo(206);
        assertThat(send(Reader.anonymous("files/" + small).header("Range", "bytes=0-0"), authorization)
                        .statusCode())
                .isEqualTo(429);
    }

    private static String tag(String file, String authorization) throws Exception {
        return send(Reader.anonymous("files/" + file).method("HEAD", BodyPublishers.noBody()), authorization)
                .headers()
                .firstValue("ETag")
                .orElseThrow();
    }

    /** As if another node had sent it. */
    private static void takeElsewhere(String authorization, long bytes) throws Exception {
        JsonObject account =
                Reader.json(send(Reader.anonymous("api/me"), authorization).body());
        try (Connection database = Deployed.jdbc();
                PreparedStatement insert = database.prepareStatement("""
                        insert into transfer (id, node_id, report_file_id, account_id, account_name, remote_address,
                            user_agent, method, started_at, ended_at, outcome, bytes_sent)
                        values (?, ?, ?, ?, ?, '192.0.2.1', '', 'GET', ?, ?, 'COMPLETE', ?)""")) {
            OffsetDateTime now = OffsetDateTime.now(ZoneOffset.UTC);
            insert.setObject(1, UUID.randomUUID());
            insert.setObject(2, UUID.randomUUID());
            insert.setObject(3, UUID.fromString(large));
            insert.setObject(4, UUID.fromString(account.getString("id")));
            insert.setString(5, account.getString("name"));
            insert.setObject(6, now);
            insert.setObject(7, now);
            insert.setLong(8, bytes);
            insert.executeUpdate();
        }
    }

    @Test
    void noMoreRequestsAreAnsweredInAMinuteThanMay() throws Exception {
        String basic = reader.account("READER");
        HttpResponse<byte[]> created = send(
                Reader.anonymous("api/tokens")
                        .header("Content-Type", "application/json")
                        .POST(BodyPublishers.ofString("{\"name\":\"limits\"}")),
                basic);
        String token = "Bearer " + Reader.json(created.body()).getString("token");
        AtomicInteger answered = new AtomicInteger(1);
        Instant begin = Instant.now();
        Callable<HttpResponse<byte[]>> untilRefused = () -> {
            while (true) {
                String authorization = answered.get() % 2 == 0 ? basic : token;
                HttpResponse<byte[]> answer = send(Reader.anonymous("api/me"), authorization);
                if (answer.statusCode() != 200) {
                    return answer;
                }
                answered.incrementAndGet();
            }
        };
        ExecutorService clients = Executors.newFixedThreadPool(8);
        try {
            for (Future<HttpResponse<byte[]>> client : clients.invokeAll(Collections.nCopies(8, untilRefused))) {
                assertThat(client.get().statusCode()).isEqualTo(429);
                assertThat(new String(client.get().body(), UTF_8))
                        .contains(
                                "Your account may send %d requests a minute.".formatted(Deployed.REQUESTS_PER_MINUTE));
                assertThat(client.get().headers().firstValue("Retry-After")).isPresent();
            }
        } finally {
            clients.shutdown();
        }
        if (Duration.between(begin, Instant.now()).toSeconds() < 60) {
            assertThat(answered).hasValue(Deployed.REQUESTS_PER_MINUTE);
        }
        assertThat(get(small, token).statusCode()).isEqualTo(429);
        assertThat(refusals(basic)).isEqualTo(1);
        assertThat(metric("limit=\"requests\"")).isGreaterThanOrEqualTo(9);
        assertThat(send(Reader.anonymous("login"), basic).statusCode())
                .as("what is open to strangers")
                .isEqualTo(200);
        assertThat(get(small, reader.account("READER")).statusCode())
                .as("another account")
                .isEqualTo(200);
    }

    /** How many downloads of an account the ledger calls refused. */
    private static int refusals(String authorization) throws Exception {
        String basic = new String(Base64.getDecoder().decode(authorization.substring("Basic ".length())), UTF_8);
        String account = basic.substring(0, basic.indexOf(':'));
        JsonObject list = Reader.json(
                Reader.get("api/transfers?outcome=REFUSED&account=" + account).body());
        assertThat(list.getJsonArray("items").getValuesAs(JsonObject.class))
                .allSatisfy(row -> assertThat(row.getInt("status")).isEqualTo(429));
        return list.getInt("total");
    }

    private static double metric(String labels) throws Exception {
        String name = "reportfiles_limit_refusals_total{" + labels + "} ";
        return new String(Reader.get("metrics").body(), UTF_8)
                .lines()
                .filter(line -> line.startsWith(name))
                .mapToDouble(line -> Double.parseDouble(line.substring(name.length())))
                .findFirst()
                .orElse(0);
    }

    private static HttpResponse<byte[]> get(String file, String authorization) throws Exception {
        return send(Reader.anonymous("files/" + file), authorization);
    }

    private static HttpResponse<byte[]> send(HttpRequest.Builder request, String authorization) throws Exception {
        return Reader.send(request.header("Authorization", authorization));
    }
}
