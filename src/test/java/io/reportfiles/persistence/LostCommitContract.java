package io.reportfiles.persistence;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.reportfiles.dev.LocalPostgres;
import io.reportfiles.dev.PostgresProxy;
import io.reportfiles.dev.PostgresProxy.Fate;
import io.reportfiles.server.Api;
import io.reportfiles.server.Deployed;
import io.reportfiles.server.OwnServer;
import jakarta.json.JsonObject;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** What clients are told whose commit failed, or whose commit's answer was lost. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class LostCommitContract {

    private static final String UNKNOWN = "urn:report-files:problem:outcome-unknown";
    private static final String AWAY = "urn:report-files:problem:database-unavailable";

    /** Of the application. */
    private static final String ROLE = "reports";

    private LocalPostgres postgres;
    private PostgresProxy proxy;
    private OwnServer server;

    protected abstract Deployed.Product product();

    @BeforeAll
    void start(@TempDir Path directory) throws Exception {
        postgres = LocalPostgres.start(directory.resolve("postgres"));
        execute("create role %s login".formatted(ROLE)); // no superuser, whose connections nothing limits
        execute("alter role %s set idle_in_transaction_session_timeout = '3s'".formatted(ROLE));
        execute("grant all on schema public to " + ROLE);
        proxy = PostgresProxy.before(
                URI.create(postgres.jdbcUrl().substring("jdbc:".length())).getPort());
        server = OwnServer.on(
                product(),
                directory,
                Map.of(
                        "REPORTFILES_DB_DRIVER",
                        "org.postgresql.Driver",
                        "REPORTFILES_DB_URL",
                        "jdbc:postgresql://127.0.0.1:%d/postgres".formatted(proxy.port()),
                        "REPORTFILES_DB_USER",
                        ROLE,
                        "REPORTFILES_DB_PASSWORD",
                        "unchecked",
                        "REPORTFILES_DB_SOCKET_TIMEOUT",
                        "3"));
        server.start();
        server.create("organisations", "{\"code\": \"alder\", \"name\": \"Alder\", \"type\": \"state\"}");
        server.create(
                "sections",
                "{\"code\": \"active\", \"title\": \"Active\", \"extensions\": [\"txt\"], \"maxBytes\": 1000}");
    }

    @AfterAll
    void stop() throws Exception {
        try (LocalPostgres first = postgres;
                PostgresProxy second = proxy;
                OwnServer third = server) {
            assertThat(first).isNotNull();
            assertThat(second).isNotNull();
            assertThat(third).isNotNull();
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = Fate.class,
            names = {"ANSWER_LOST", "LOST"})
    void wholeBodyIsStoredOrNotAsItsAnswerSays(Fate fate) throws Exception {
        proxy.next(fate);
        String name = "whole-%s.txt".formatted(fate);
        HttpResponse<String> answer = server.send(submission(name, Optional.empty()));
        assertThat(proxy.cut()).isEqualTo(1);
        assertTold(answer, name, fate);
    }

    @ParameterizedTest
    @EnumSource(
            value = Fate.class,
            names = {"ANSWER_LOST", "LOST"})
    void formIsStoredOrNotAsItsAnswerSays(Fate fate) throws Exception {
        String name = "form-%s.txt".formatted(fate);
        String form = "--b\r\nContent-Disposition: form-data; name=\"%s\"\r\n\r\n%s\r\n";
        String body = form.formatted("organisation", "alder")
                + form.formatted("year", "2026")
                + form.formatted("quarter", "Q3")
                + form.formatted("section", "active")
                + "--b\r\nContent-Disposition: form-data; name=\"file\"; filename=\"%s\"\r\n\r\nbytes\r\n--b--\r\n"
                        .formatted(name);
        proxy.next(fate);
        HttpResponse<String> answer = server.send(OwnServer.request(server.address("api/report-files"))
                .header("Content-Type", "multipart/form-data; boundary=b")
                .POST(BodyPublishers.ofString(body)));
        assertThat(proxy.cut()).isEqualTo(1);
        assertTold(answer, name, fate);
    }

    /** What was answered agrees with what is there, and the key of the answer finds it. */
    private void assertTold(HttpResponse<String> answer, String name, Fate fate) throws Exception {
        String key = answer.headers().firstValue("Idempotency-Key").orElseThrow();
        if (fate == Fate.ANSWER_LOST) { // the row was there when it was looked for
            assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
        } else {
            assertProblem(answer, AWAY);
        }
        assertThat(available(name)).isEqualTo(fate == Fate.LOST ? 0 : 1);
        HttpResponse<String> again = server.send(submission(name, Optional.of(key)));
        assertThat(again.statusCode()).as(again.body()).isEqualTo(201);
        assertThat(available(name)).isEqualTo(1);
    }

    @Test
    void unknownIsCalledUnknownWhileTheRowCannotBeAsked() throws Exception {
        UUID key = UUID.randomUUID();
        proxy.nextAndThenRefuse(Fate.ANSWER_LOST);
        HttpResponse<String> answer = server.send(submission("unknown.txt", Optional.of(key.toString())));
        acceptAgain();
        assertThat(proxy.cut()).isEqualTo(1);
        assertProblem(answer, UNKNOWN);
        HttpResponse<String> again = server.send(submission("unknown.txt", Optional.of(key.toString())));
        assertThat(again.statusCode()).as(again.body()).isEqualTo(201);
        assertThat(available("unknown.txt")).isEqualTo(1);
    }

    @Test
    void repetitionDoesNotWaitForWhatItsNodeHasLeft() throws Exception {
        proxy.nextAndThenRefuse(Fate.LOST);
        HttpResponse<String> answer = server.send(submission("left.txt", Optional.empty()));
        acceptAgain();
        assertThat(proxy.cut()).isEqualTo(1);
        assertProblem(answer, UNKNOWN);
        HttpResponse<String> again =
                server.send(submission("left.txt", answer.headers().firstValue("Idempotency-Key")));
        assertThat(again.statusCode()).as(again.body()).isEqualTo(201);
        assertThat(available("left.txt")).isEqualTo(1);
    }

    @Test
    void creationWithItsWholeBodyIsCalledUnknownWhileTheRowCannotBeAsked() throws Exception {
        proxy.nextAndThenRefuse(Fate.ANSWER_LOST);
        HttpResponse<String> answer = server.send(creation("at-once.txt")
                .header("Content-Type", "application/offset+octet-stream")
                .POST(BodyPublishers.ofString("bytes")));
        acceptAgain();
        assertThat(proxy.cut()).isEqualTo(1);
        assertProblem(answer, UNKNOWN);
        assertThat(available("at-once.txt")).isEqualTo(1);
    }

    @Test
    void uploadThatCannotBeEndedIsNotSaidToHave() throws Exception {
        URI upload = create("ended.txt");
        proxy.next(Fate.LOST);
        assertProblem(
                server.send(OwnServer.request(upload)
                        .header("Tus-Resumable", "1.0.0")
                        .method("DELETE", BodyPublishers.noBody())),
                UNKNOWN);
        assertThat(proxy.cut()).isEqualTo(1);
        assertThat(offset(upload)).contains("0");
        HttpResponse<String> again = server.send(
                OwnServer.request(upload).header("Tus-Resumable", "1.0.0").method("DELETE", BodyPublishers.noBody()));
        assertThat(again.statusCode()).as(again.body()).isEqualTo(204);
    }

    private void acceptAgain() throws Exception {
        proxy.refuse(false);
        awaitWholePool();
    }

    /** Without it, the next test meets connections that this one has broken. */
    private void awaitWholePool() throws Exception {
        if (product() == Deployed.Product.PAYARA) {
            sleep(5500); // it looks every five seconds whether a connection of its pool is broken
        }
        server.await("health/ready", 200);
    }

    private static void assertProblem(HttpResponse<String> answer, String... types) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(503);
        assertThat(answer.headers().firstValue("Retry-After")).isPresent();
        assertThat(Api.json(answer).getString("type")).as(answer.body()).isIn((Object[]) types);
    }

    @Test
    void changeWhoseAnswerWasLostIsCalledUnknown() throws Exception {
        proxy.next(Fate.ANSWER_LOST);
        HttpResponse<String> answer =
                server.send(json("POST", "api/regions", "{\"code\": \"lost\", \"name\": \"Lost\"}"));
        assertThat(proxy.cut()).isEqualTo(1);
        assertProblem(answer, UNKNOWN);
        assertThat(server.send(OwnServer.request(server.address("api/regions/lost")))
                        .statusCode())
                .isEqualTo(200);
    }

    @Test
    void changeWhoseCommitWasLostIsNotThere() throws Exception {
        proxy.next(Fate.LOST);
        HttpResponse<String> answer =
                server.send(json("POST", "api/regions", "{\"code\": \"never\", \"name\": \"Never\"}"));
        assertThat(proxy.cut()).isEqualTo(1);
        assertProblem(answer, UNKNOWN);
        assertThat(server.send(OwnServer.request(server.address("api/regions/never")))
                        .statusCode())
                .isEqualTo(404);
    }

    @Test
    void resumableUploadIsFoundByAskingAgain() throws Exception {
        URI upload = create("tus.txt");
        proxy.next(Fate.ANSWER_LOST);
        HttpResponse<String> answer = server.send(OwnServer.request(upload)
                .header("Tus-Resumable", "1.0.0")
                .header("Upload-Offset", "0")
                .header("Content-Type", "application/offset+octet-stream")
                .method("PATCH", BodyPublishers.ofString("bytes")));
        assertThat(proxy.cut()).isEqualTo(1);
        assertProblem(answer, UNKNOWN);
        assertThat(offset(upload)).contains("5");
        assertThat(available("tus.txt")).isEqualTo(1);
    }

    @Test
    void databaseThatHasBecomeReadOnlyIsAwayForThoseWhoWrite() throws Exception {
        HttpResponse<String> stored = server.send(submission("readable.txt", Optional.empty()));
        assertThat(stored.statusCode()).as(stored.body()).isEqualTo(201);
        String file = "files/" + Api.json(stored).getString("id");
        readOnly(true); // as a standby is that connections find after a failover
        try {
            awaitOnlyLedgerDown();
            assertProblem(server.send(submission("refused.txt", Optional.empty())), AWAY);
            assertProblem(server.send(json("POST", "api/regions", "{\"code\": \"ro\", \"name\": \"R\"}")), AWAY);
            assertProblem(server.send(OwnServer.request(server.address(file))), AWAY);
            server.await("api/report-files", 200);
        } finally {
            readOnly(false);
        }
        server.await(file, 200);
        awaitWholePool();
        assertThat(available("refused.txt")).isZero();
    }

    /** The first answers may tell of connections of the pool that are broken. */
    private void awaitOnlyLedgerDown() throws Exception {
        String ready = "";
        for (int i = 0; i < 100 && !ready.contains("\"name\":\"database\",\"status\":\"UP\""); i++) {
            sleep(100);
            ready = server.await("health/ready", 503).body();
        }
        assertThat(ready)
                .contains("\"name\":\"database\",\"status\":\"UP\"", "\"name\":\"ledger\",\"status\":\"DOWN\"");
    }

    private void readOnly(boolean on) throws SQLException {
        execute("alter database postgres set default_transaction_read_only = " + on);
        disconnect();
    }

    @Test
    void databaseThatTakesNoConnectionsIsAwayForAll() throws Exception {
        HttpResponse<String> stored = server.send(submission("kept.txt", Optional.empty()));
        assertThat(stored.statusCode()).as(stored.body()).isEqualTo(201);
        String file = "files/" + Api.json(stored).getString("id");
        execute("alter role %s connection limit 0".formatted(ROLE)); // as if others had taken all
        disconnect();
        try {
            server.await("health/ready", 503);
            assertProblem(server.send(submission("unconnected.txt", Optional.empty())), AWAY);
            assertProblem(server.send(json("POST", "api/regions", "{\"code\": \"un\", \"name\": \"U\"}")), AWAY);
            assertProblem(server.send(OwnServer.request(server.address("api/report-files"))), AWAY);
            assertProblem(server.send(OwnServer.request(server.address(file))), AWAY);
        } finally {
            execute("alter role %s connection limit -1".formatted(ROLE));
        }
        server.await(file, 200);
        awaitWholePool();
        assertThat(available("unconnected.txt")).isZero();
        assertThat(available("kept.txt")).isEqualTo(1);
    }

    /** A full disk, a serialisation failure, and a statement whose end is unknown: when writing, and at the commit. */
    @ParameterizedTest
    @CsvSource({"53100, immediate", "53100, deferred", "40001, deferred", "40003, deferred"})
    void whatTheDatabaseCannotCommitIsNotDoneAndCanBeSentAgain(String state, String time) throws Exception {
        String name = "refused-%s-%s.txt".formatted(state, time);
        String region = "r%s%s".formatted(state, time.charAt(0));
        String json = "{\"code\": \"%s\", \"name\": \"R\"}".formatted(region);
        Optional<String> key = Optional.of(UUID.randomUUID().toString());
        execute("create or replace function refuse() returns trigger language plpgsql as"
                + " 'begin raise exception ''refused'' using errcode = ''%s''; end'".formatted(state));
        execute("create constraint trigger refused after insert on audit_event deferrable initially %s".formatted(time)
                + " for each row execute function refuse()");
        HttpResponse<String> submitted;
        HttpResponse<String> changed;
        try {
            submitted = server.send(submission(name, key));
            changed = server.send(json("POST", "api/regions", json));
        } finally {
            execute("drop trigger refused on audit_event");
        }
        assertRefused(submitted, state, time);
        assertRefused(changed, state, time);
        assertThat(available(name)).isZero();
        HttpResponse<String> again = server.send(submission(name, key));
        assertThat(again.statusCode()).as(again.body()).isEqualTo(201);
        assertThat(available(name)).isEqualTo(1);
        assertThat(server.send(json("POST", "api/regions", json)).statusCode()).isEqualTo(201);
    }

    /** At a commit, servers may keep the cause for themselves; then the outcome is unknown. */
    private static void assertRefused(HttpResponse<String> answer, String state, String time) {
        if (state.equals("40003")) {
            assertProblem(answer, UNKNOWN);
        } else if (time.equals("immediate")) {
            assertProblem(answer, AWAY);
        } else {
            assertProblem(answer, AWAY, UNKNOWN);
        }
    }

    private void disconnect() throws SQLException {
        execute("select pg_terminate_backend(pid) from pg_stat_activity where pid <> pg_backend_pid()"
                + " and backend_type = 'client backend'");
    }

    private void execute(String sql) throws SQLException {
        try (Connection owner = DriverManager.getConnection(postgres.jdbcUrl(), postgres.user(), "unchecked");
                Statement statement = owner.createStatement()) {
            statement.execute("set default_transaction_read_only = off");
            statement.execute(sql);
        }
    }

    private HttpRequest.Builder creation(String name) {
        StringBuilder metadata = new StringBuilder();
        Map.of("organisation", "alder", "year", "2026", "quarter", "Q2", "section", "active", "filename", name)
                .forEach((field, value) -> metadata.append(metadata.isEmpty() ? "" : ",")
                        .append(field)
                        .append(' ')
                        .append(Base64.getEncoder().encodeToString(value.getBytes(UTF_8))));
        return OwnServer.request(server.address("uploads"))
                .header("Tus-Resumable", "1.0.0")
                .header("Upload-Length", "5")
                .header("Upload-Metadata", metadata.toString());
    }

    private URI create(String name) throws Exception {
        HttpResponse<String> created = server.send(creation(name).POST(BodyPublishers.noBody()));
        assertThat(created.statusCode()).as(created.body()).isEqualTo(201);
        return server.address(created.headers().firstValue("Location").orElseThrow());
    }

    private Optional<String> offset(URI upload) throws Exception {
        HttpResponse<String> asked = server.send(
                OwnServer.request(upload).header("Tus-Resumable", "1.0.0").method("HEAD", BodyPublishers.noBody()));
        assertThat(asked.statusCode()).isEqualTo(200);
        return asked.headers().firstValue("Upload-Offset");
    }

    @Test
    void connectionsThatWereForgottenAreReplaced() throws Exception {
        HttpResponse<String> stored = server.send(submission("forgotten.txt", Optional.empty()));
        assertThat(stored.statusCode()).as(stored.body()).isEqualTo(201);
        String file = "files/" + Api.json(stored).getString("id");
        proxy.forgetOpen();
        assertAnswersInTime("api/report-files");
        assertAnswersInTime(file);
        server.await(file, 200);
        awaitWholePool();
    }

    @Test
    void databaseThatIsSilentIsAwayAndComesBack() throws Exception {
        HttpResponse<String> stored = server.send(submission("silent.txt", Optional.empty()));
        assertThat(stored.statusCode()).as(stored.body()).isEqualTo(201);
        String file = "files/" + Api.json(stored).getString("id");
        proxy.fallSilent(true);
        try {
            assertThat(assertAnswersInTime("api/report-files")).isEqualTo(503);
            assertThat(assertAnswersInTime(file)).isEqualTo(503);
            server.await("health/ready", 503);
        } finally {
            proxy.fallSilent(false);
        }
        server.await(file, 200);
        awaitWholePool();
    }

    @ParameterizedTest
    @EnumSource(
            value = Fate.class,
            names = {"WRITE_SILENT", "COMMIT_SILENT", "ANSWER_SILENT"})
    void connectionThatFallsSilentWithinATransactionHoldsNobodyUp(Fate fate) throws Exception {
        String name = "silent-%s.txt".formatted(fate);
        Optional<String> key = Optional.of(UUID.randomUUID().toString());
        proxy.next(fate);
        CompletableFuture<HttpResponse<String>> held = CompletableFuture.supplyAsync(() -> {
            try {
                return server.send(submission(name, key));
            } catch (Exception e) {
                throw new CompletionException(e);
            }
        });
        while (proxy.cut() == 0 && !held.isDone()) {
            sleep(10);
        }
        assertThat(proxy.cut()).as("%s", held).isEqualTo(1);
        assertAnswersInTime("api/report-files");
        HttpResponse<String> answer = held.get(40, TimeUnit.SECONDS);
        assertThat(answer.statusCode()).as(answer.body()).isIn(201, 503);
        if (answer.statusCode() == 201) {
            assertThat(available(name)).isEqualTo(1);
        }
        HttpResponse<String> again = server.send(submission(name, key));
        for (int i = 0; again.statusCode() == 503 && i < 10; i++) { // until PostgreSQL ends what the silent one holds
            again = server.send(submission(name, key));
        }
        assertThat(again.statusCode()).as(again.body()).isEqualTo(201);
        assertThat(available(name)).isEqualTo(1);
        server.await("health/ready", 200);
    }

    /**
     * An answer comes, whatever it is. The time-outs of server-config bound the wait for it: for a connection to be found
     * silent, and 5 s for each attempt to replace it, of which Payara makes three.
     */
    private int assertAnswersInTime(String path) throws Exception {
        long start = System.nanoTime();
        HttpResponse<String> answer = server.send(OwnServer.request(server.address(path)));
        assertThat(answer.statusCode()).as(answer.body()).isIn(200, 503);
        assertThat(Duration.ofNanos(System.nanoTime() - start)).as(path).isLessThan(Duration.ofSeconds(30));
        return answer.statusCode();
    }

    private HttpRequest.Builder submission(String name, Optional<String> key) {
        HttpRequest.Builder request = OwnServer.request(server.address(
                        "api/report-files?organisation=alder&year=2026&quarter=Q3&section=active&filename=" + name))
                .header("Content-Type", "text/plain")
                .POST(BodyPublishers.ofString("bytes"));
        key.ifPresent(value -> request.header("Idempotency-Key", value));
        return request;
    }

    private HttpRequest.Builder json(String method, String path, String json) {
        return OwnServer.request(server.address(path))
                .header("Content-Type", "application/json")
                .method(method, BodyPublishers.ofString(json));
    }

    private long available(String name) throws Exception {
        HttpResponse<String> list = server.send(OwnServer.request(server.address("api/report-files?size=100")));
        assertThat(list.statusCode()).as(list.body()).isEqualTo(200);
        return Api.json(list).getJsonArray("items").getValuesAs(JsonObject.class).stream()
                .filter(file -> file.getString("filename").equals(name))
                .count();
    }

    private static void sleep(long millis) {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
