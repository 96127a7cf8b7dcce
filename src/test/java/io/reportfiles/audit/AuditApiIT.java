package io.reportfiles.audit;

import static io.reportfiles.server.Api.json;
import static org.assertj.core.api.Assertions.assertThat;

import io.reportfiles.server.Api;
import io.reportfiles.server.OnServer;
import jakarta.json.JsonObject;
import java.net.http.HttpResponse;
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
    })
    void refuseWhatTheyDoNotKnow(String query, String field) {
        HttpResponse<String> answer = admin.get("api/" + query);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(400);
        assertThat(json(answer).getJsonArray("errors").getJsonObject(0).getString("field"))
                .isEqualTo(field);
    }

    @ParameterizedTest
    @ValueSource(strings = {"PUT", "DELETE", "POST", "PATCH"})
    void canNotBeEdited(String method) {
        assertThat(admin.send(method, "api/audit").statusCode()).isEqualTo(405);
        assertThat(admin.send(method, "api/transfers").statusCode()).isEqualTo(405);
    }
}
