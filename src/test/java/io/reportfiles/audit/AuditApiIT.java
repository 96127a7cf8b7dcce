package io.reportfiles.audit;

import static io.reportfiles.server.Api.json;
import static org.assertj.core.api.Assertions.assertThat;

import io.reportfiles.server.Api;
import io.reportfiles.server.Deployed;
import io.reportfiles.server.OnServer;
import jakarta.json.JsonObject;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The ledger and the audit over HTTP. */
@OnServer
class AuditApiIT {

    private final Api admin = Api.admin();

    @ParameterizedTest
    @ValueSource(strings = {"api/audit", "api/transfers"})
    void areForAdministratorsAndAuditors(String list) {
        assertThat(admin.get(list).statusCode()).isEqualTo(200);
        assertThat(admin.accountWith("AUDITOR", "", "").get(list).statusCode()).isEqualTo(200);
        assertThat(admin.accountWith("READER", "", "").get(list).statusCode()).isEqualTo(403);
    }

    @Test
    void eventSaysWhoDidWhatToWhat() {
        admin.accountWith("READER", "", "");
        HttpResponse<String> answer = admin.get("api/audit?action=ACCOUNT_CREATED&actor=admin&size=1");
        JsonObject event = json(answer).getJsonArray("items").getJsonObject(0);
        assertThat(event.keySet())
                .contains("id", "occurredAt", "action", "actor", "subjectType", "subjectId", "detail");
        assertThat(event.getString("occurredAt")).endsWith("Z");
        assertThat(event.getString("action")).isEqualTo("ACCOUNT_CREATED");
    }

    @ParameterizedTest
    @CsvSource({
        "audit?action=LOST,action",
        "audit?from=yesterday,from",
        "audit?from=-9999999-01-01T00:00:00Z,from",
        "transfers?outcome=LOST,outcome",
        "transfers?reportFile=x,reportFile",
        "transfers?until=2026-13-01T00:00:00Z,until",
        "transfers?size=0,size",
        "transfers?joined=yes,joined",
        "transfers?joined=true&outcome=COMPLETE&until=2026-01-01T00:00:00Z,joined",
        "transfers?format=xml,format",
        "transfers/summary?by=colour,by",
        "transfers/summary?zone=Atlantis,zone",
        "transfers/summary?from=2020-01-01T00:00:00Z,from",
    })
    void refuseWhatTheyDoNotKnow(String query, String field) {
        HttpResponse<String> answer = admin.get("api/" + query);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(400);
        assertThat(json(answer).getJsonArray("errors").getJsonObject(0).getString("field"))
                .isEqualTo(field);
    }

    @Test
    void transfersAreCounted() {
        admin.get("files/unknown");
        JsonObject summary = json(admin.get("api/transfers/summary?by=outcome,day&zone=Europe/Berlin"));
        assertThat(summary.getJsonArray("items").getValuesAs(JsonObject.class)).anySatisfy(group -> {
            assertThat(group.getString("day")).matches("\\d{4}-\\d\\d-\\d\\d");
            assertThat(group.getString("outcome")).isEqualTo("REFUSED");
            assertThat(group.getInt("transfers")).isPositive();
        });
        assertThat(admin.accountWith("READER", "", "")
                        .get("api/transfers/summary")
                        .statusCode())
                .isEqualTo(403);
    }

    @Test
    void transfersAreJoined() {
        assertThat(json(admin.get("api/transfers?joined=true&from=2026-01-01T00:00:00Z"))
                        .keySet())
                .contains("items", "total");
    }

    @ParameterizedTest
    @CsvSource({"api/audit,occurredAt", "api/transfers,startedAt"})
    void areExportedAsCommaSeparatedValues(String list, String column) {
        admin.get("files/unknown"); // leaves a row, should this be the first test that does
        HttpResponse<String> answer = admin.get(list + "?format=csv");
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("Content-Type"))
                .hasValueSatisfying(type -> assertThat(type)
                        .startsWith("text/csv")
                        .containsIgnoringCase("charset=utf-8")
                        .contains("header=present"));
        assertThat(answer.headers().firstValue("Content-Disposition"))
                .hasValueSatisfying(value -> assertThat(value).startsWith("attachment; filename="));
        List<String> lines = answer.body().lines().toList();
        assertThat(lines.get(0)).startsWith("\ufeffid,").contains(column);
        assertThat(lines).hasSizeGreaterThanOrEqualTo(2);
        assertThat(admin.get(list + "?format=csv&bom=false").body())
                .startsWith(lines.get(0).substring(1));
        assertThat(admin.get(list + "?format=csv&bom=perhaps").statusCode()).isEqualTo(400);
        assertThat(admin.getAs("text/csv", list).body()).startsWith(lines.get(0));
        assertThat(admin.getAs("application/json;q=0.9, text/csv;q=0.1", list).body())
                .startsWith("{");
        assertThat(admin.getAs("image/png", list).statusCode()).isEqualTo(406);
    }

    @ParameterizedTest
    @ValueSource(strings = {"api/audit/verify", "api/transfers/verify"})
    void auditAndLedgerAreVerified(String path) {
        assertThat(admin.get("files/" + UUID.randomUUID()).statusCode()).isEqualTo(404); // a row for the ledger
        JsonObject first = json(admin.get(path));
        assertThat(first.getBoolean("intact")).as(first.toString()).isTrue();
        assertThat(first.getInt("number")).isPositive();
        String noted = "%s?number=%d&hash=".formatted(path, first.getInt("number"));
        assertThat(json(admin.get(noted + first.getString("hash"))).getBoolean("intact"))
                .isTrue();
        assertThat(json(admin.get(noted + "0".repeat(64))).getBoolean("intact")).isFalse();
        assertThat(admin.get(path + "?number=1").statusCode()).isEqualTo(400);
        assertThat(admin.accountWith("READER", "", "").get(path).statusCode()).isEqualTo(403);
    }

    @ParameterizedTest
    @ValueSource(strings = {"api/audit/verify", "api/transfers/verify"})
    void auditAndLedgerAreAnchoredWithoutBeingAsked(String path) throws Exception {
        admin.get("files/" + UUID.randomUUID());
        Instant end = Instant.now().plus(Duration.ofSeconds(90)); // looked at 30 s after the start, and every 30 s
        JsonObject found = json(admin.get(path));
        while (!found.getBoolean("anchored")) {
            assertThat(Instant.now()).as(found.toString()).isBefore(end);
            Thread.sleep(1000);
            found = json(admin.get(path));
        }
        assertThat(found.getBoolean("intact")).as(found.toString()).isTrue();
    }

    @Test
    void theLedgerIsSealedWithoutBeingAsked() throws Exception {
        String path = "files/" + UUID.randomUUID();
        admin.get(path);
        Instant end = Instant.now().plus(Duration.ofSeconds(30));
        while (Deployed.column(
                        "select s.hash from transfer_seal s join transfer t on t.id = s.transfer_id where t.asked_for = ?",
                        Deployed.baseUri().getPath() + path)
                .isEmpty()) {
            assertThat(Instant.now()).isBefore(end);
            Thread.sleep(100);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"PUT", "DELETE", "POST", "PATCH"})
    void canNotBeEdited(String method) {
        assertThat(admin.send(method, "api/audit").statusCode()).isEqualTo(405);
        assertThat(admin.send(method, "api/transfers").statusCode()).isEqualTo(405);
    }
}
