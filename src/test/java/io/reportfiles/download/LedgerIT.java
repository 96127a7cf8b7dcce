package io.reportfiles.download;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.reportfiles.download.engine.DeliveriesTest;
import io.reportfiles.server.Deployed;
import io.reportfiles.server.OnServer;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What requests for files leave in the ledger. */
@OnServer
class LedgerIT {

    private static final byte[] CONTENT = "Active cases, third quarter\n".getBytes(UTF_8);

    private static Reader reader;
    private static String id;

    @BeforeAll
    static void submit() throws Exception {
        reader = Reader.create();
        id = reader.submitted("cases.txt", CONTENT);
    }

    @Test
    void everyRefusalLeavesARow() throws Exception {
        String file = reader.submitted("refused.txt", CONTENT);
        String stranger = Reader.create().account("READER");
        assertThat(Reader.get("files/" + file, "If-Match", "\"other\"").statusCode())
                .isEqualTo(412);
        assertThat(Reader.get("files/" + file, "Range", "bytes=1000-").statusCode())
                .isEqualTo(416);
        Reader.send(Reader.anonymous("files/" + file).header("Authorization", stranger));
        Reader.send(Reader.anonymous("files/" + file)
                .header("Authorization", stranger)
                .method("HEAD", HttpRequest.BodyPublishers.noBody()));
        Reader.send(Reader.request("api/report-files/" + file + "/withdraw").POST(HttpRequest.BodyPublishers.noBody()));
        assertThat(Reader.get("files/" + file).statusCode()).isEqualTo(410);
        List<JsonObject> rows = rows("api/report-files/" + file + "/transfers");
        assertThat(rows).allMatch(Reader.ended("REFUSED")).allMatch(row -> row.containsKey("endedAt"));
        assertThat(rows).extracting(row -> row.getInt("status")).containsExactly(410, 403, 403, 416, 412);
    }

    @Test
    void whatDoesNotExistLeavesARowWithItsPath() throws Exception {
        String path = "files/" + UUID.randomUUID() + "/x.csv";
        assertThat(Reader.get(path).statusCode()).isEqualTo(404);
        assertThat(rows("api/transfers?outcome=REFUSED"))
                .filteredOn(row -> row.getString("askedFor", "").endsWith(path))
                .singleElement()
                .satisfies(row -> assertThat(row.getInt("status")).isEqualTo(404));
    }

    @Test
    void strangersAreCountedAndLeaveNoRow() throws Exception {
        long before = refusals();
        String path = "files/" + id + "/" + UUID.randomUUID();
        assertThat(Reader.send(Reader.anonymous(path)).statusCode()).isEqualTo(401);
        assertThat(Reader.send(Reader.anonymous(path).header("Authorization", Reader.basic("nobody", "wrong password")))
                        .statusCode())
                .isEqualTo(401);
        assertThat(rows("api/transfers?outcome=REFUSED"))
                .filteredOn(row -> row.getString("askedFor", "").endsWith(path))
                .isEmpty();
        assertThat(refusals() - before).isEqualTo(2);
    }

    private long refusals() throws Exception {
        return rows("api/transfers/refusals").stream()
                .mapToLong(row -> row.getJsonNumber("requests").longValue())
                .sum();
    }

    @Test
    void headMovesNoBytesAndLeavesNoRow() throws Exception {
        String file = reader.submitted("head.txt", CONTENT);
        assertThat(Reader.send(Reader.request("files/" + file).method("HEAD", HttpRequest.BodyPublishers.noBody()))
                        .statusCode())
                .isEqualTo(200);
        assertThat(rows("api/report-files/" + file + "/transfers")).isEmpty();
    }

    @Test
    void rangesAreKept() throws Exception {
        String file = reader.submitted("ranges.txt", CONTENT);
        Reader.get("files/" + file, "Range", "bytes=0-3,10-12");
        assertThat(rows("api/report-files/" + file + "/transfers"))
                .singleElement()
                .satisfies(row -> {
                    assertThat(row.getString("ranges")).isEqualTo("0-3,10-12");
                    assertThat(row.getInt("first")).isZero();
                    assertThat(row.getInt("length")).isEqualTo(13);
                    assertThat(row.getInt("fileBytes")).isEqualTo(CONTENT.length);
                });
    }

    @Test
    void readersSeeTheirOwnDownloadsAndNoOthers() throws Exception {
        String one = reader.account("READER");
        String another = reader.account("READER");
        Reader.send(Reader.anonymous("files/" + id).header("Authorization", one));
        for (String who : List.of(one, another)) {
            HttpResponse<byte[]> own = Reader.send(
                    Reader.anonymous("api/me/transfers?account=admin").header("Authorization", who));
            assertThat(Reader.json(own.body()).getJsonArray("items").getValuesAs(JsonObject.class))
                    .extracting(row -> row.getString("reportFile"))
                    .isEqualTo(who.equals(one) ? List.of(id) : List.of());
        }
    }

    @Test
    void aDownloadIsKnownToBeOverAsSoonAsTheReaderAsks() throws Exception {
        String file = reader.submitted("soon.txt", CONTENT);
        Reader.get("files/" + file);
        JsonObject row = Reader.lastTransfer(file, Reader.ended("COMPLETE"));
        assertThat(row.getInt("bytes")).isEqualTo(CONTENT.length);
    }

    /** With H2, which has no lock that stops insertions alone, {@link DeliveriesTest} tells. */
    @ParameterizedTest
    @ValueSource(ints = {100, 3 << 20})
    void noByteLeavesBeforeTheLedgerHasTheRow(int size) throws Exception {
        byte[] content = Reader.randomBytes(size);
        String file = reader.submitted("noted.zip", content);
        try (Connection database = Deployed.jdbc();
                Statement statement = database.createStatement()) {
            assumeThat(database.getMetaData().getDatabaseProductName()).isEqualTo("PostgreSQL");
            database.setAutoCommit(false);
            statement.execute("lock table transfer in exclusive mode");
            CompletableFuture<HttpResponse<byte[]>> answer = startGet(file);
            awaitInsertion(statement);
            assertThat(answer).isNotDone();
            database.rollback();
            assertThat(answer.get(10, TimeUnit.SECONDS).body()).isEqualTo(content);
        }
        Reader.lastTransfer(file, Reader.ended("COMPLETE"));
    }

    private static void awaitInsertion(Statement statement) throws Exception {
        boolean waits = false;
        for (int tries = 0; !waits; tries++) {
            assertThat(tries).as("nobody inserts").isLessThan(1000);
            TimeUnit.MILLISECONDS.sleep(10);
            try (ResultSet locks = statement.executeQuery(
                    "select 1 from pg_locks where relation = 'transfer'::regclass and not granted")) {
                waits = locks.next();
            }
        }
    }

    private static CompletableFuture<HttpResponse<byte[]>> startGet(String file) {
        return CompletableFuture.supplyAsync(() -> {
            try {
                return Reader.get("files/" + file);
            } catch (IOException | InterruptedException e) {
                throw new IllegalStateException(e);
            }
        });
    }

    @Test
    void whoHasNotFetchedAFileIsListed() throws Exception {
        Reader others = Reader.create();
        String file = others.submitted("missing.txt", CONTENT);
        String whole = others.account("READER");
        String inParts = others.account("ANALYST");
        others.account("READER");
        others.account("REGIONAL_REVIEWER"); // reads no bytes
        String missing = "api/report-files/" + file + "/missing-readers";
        assertThat(rows(missing)).hasSize(3);
        Reader.send(Reader.anonymous("files/" + file).header("Authorization", whole));
        Reader.send(Reader.anonymous("files/" + file)
                .header("Authorization", inParts)
                .header("Range", "bytes=0-3"));
        Reader.lastTransfer(file, Reader.ended("COMPLETE"));
        assertThat(rows(missing)).hasSize(2);
        Reader.send(Reader.anonymous("files/" + file)
                .header("Authorization", inParts)
                .header("Range", "bytes=4-"));
        Reader.lastTransfer(file, Reader.ended("COMPLETE"));
        assertThat(rows(missing)).hasSize(1);
        assertThat(rows("api/report-files/" + file + "/transfers?joined=true"))
                .extracting(row -> row.getInt("transfers"), row -> row.getBoolean("whole"))
                .containsExactly(tuple(2, true), tuple(1, true));
    }

    @Test
    void whatADeadNodeLeftIsInterruptedAndWhatALivingOneDoesIsNot() throws Exception {
        UUID dead = startedOnANodeWithLeaseUntil(Instant.now().minusSeconds(60));
        UUID living = startedOnANodeWithLeaseUntil(Instant.now().plusSeconds(60));
        Instant end = Instant.now().plus(Duration.ofSeconds(15));
        while (outcomeOf(dead).equals("STARTED")) {
            assertThat(Instant.now()).isBefore(end);
            Thread.sleep(100);
        }
        assertThat(outcomeOf(dead)).isEqualTo("INTERRUPTED");
        assertThat(outcomeOf(living)).isEqualTo("STARTED");
    }

    private static String outcomeOf(UUID transfer) throws Exception {
        return rows("api/report-files/" + id + "/transfers").stream()
                .filter(row -> row.getString("id").equals(transfer.toString()))
                .map(row -> row.getString("outcome"))
                .findFirst()
                .orElseThrow();
    }

    private static UUID startedOnANodeWithLeaseUntil(Instant leaseUntil) throws SQLException {
        UUID node = UUID.randomUUID();
        UUID transfer = UUID.randomUUID();
        OffsetDateTime began = Instant.now().minusSeconds(100).atOffset(ZoneOffset.UTC);
        try (Connection database = Deployed.jdbc()) {
            execute(database, """
                    insert into transfer (id, node_id, report_file_id, remote_address, user_agent, method, started_at,
                        outcome, bytes_sent)
                    values (?, ?, ?, '::1', '', 'GET', ?, 'STARTED', 0)""", transfer, node, UUID.fromString(id), began);
            execute(
                    database,
                    "insert into node (id, started_at, lease_until) values (?, ?, ?)",
                    node,
                    began,
                    leaseUntil.atOffset(ZoneOffset.UTC));
        }
        return transfer;
    }

    private static void execute(Connection database, String sql, Object... values) throws SQLException {
        try (PreparedStatement statement = database.prepareStatement(sql)) {
            for (int i = 0; i < values.length; i++) {
                statement.setObject(i + 1, values[i]);
            }
            statement.executeUpdate();
        }
    }

    private static List<JsonObject> rows(String path) throws Exception {
        String query = path + (path.contains("?") ? "&" : "?") + "size=200";
        return Reader.json(Reader.get(query).body()).getJsonArray("items").getValuesAs(JsonObject.class);
    }
}
