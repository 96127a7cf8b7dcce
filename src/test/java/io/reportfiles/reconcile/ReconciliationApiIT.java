package io.reportfiles.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import io.reportfiles.server.Api;
import io.reportfiles.server.Deployed;
import io.reportfiles.server.OnServer;
import jakarta.json.JsonObject;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;

/** {@code /api/reconciliations} of the deployed application. */
@OnServer
class ReconciliationApiIT {

    private final Api admin = Api.admin();
    private final String key = "A/2026/Q3/S/" + UUID.randomUUID();

    @Test
    void orphanIsFoundThenRemoved() throws Exception {
        try (S3Client s3 = Deployed.s3().client()) {
            String bucket = Deployed.s3().name();
            s3.putObject(request -> request.bucket(bucket).key(key), RequestBody.fromString("x"));
            Thread.sleep(1_500); // the safety age of the tests
            assertThat(actionOf(run("?dryRun=true"))).containsExactly("WOULD_REMOVE");
            assertThat(versions(s3)).isEqualTo(1);
            assertThat(actionOf(run(""))).containsExactly("REMOVED");
            assertThat(versions(s3)).isZero();
        }
        assertThat(Api.items(admin.get("api/reconciliations"), "state")).startsWith("FINISHED", "FINISHED");
        assertThat(Api.items(admin.get("api/audit?action=OBJECT_REMOVED&subjectId=" + key), "actor"))
                .containsExactly(Deployed.ADMIN);
    }

    @Test
    void isForAdministrators() {
        Api analyst = admin.accountWith("READER", "", "");
        assertThat(analyst.post("api/reconciliations").statusCode()).isEqualTo(403);
        assertThat(analyst.get("api/reconciliations").statusCode()).isEqualTo(403);
        assertThat(admin.post("api/reconciliations?dryRun=perhaps").statusCode())
                .isEqualTo(400);
        assertThat(admin.get("api/reconciliations/" + UUID.randomUUID()).statusCode())
                .isEqualTo(404);
        assertThat(admin.get("api/reconciliations/x/findings").statusCode()).isEqualTo(404);
    }

    private JsonObject run(String query) throws InterruptedException {
        HttpResponse<String> started = admin.post("api/reconciliations" + query);
        assertThat(started.statusCode()).as(started.body()).isEqualTo(202);
        JsonObject run = Api.json(started);
        for (int i = 0; i < 600 && run.getString("state").equals("RUNNING"); i++) {
            Thread.sleep(100);
            run = Api.json(admin.get("api/reconciliations/" + run.getString("id")));
        }
        assertThat(run.getString("state")).as(run.toString()).isEqualTo("FINISHED");
        return run;
    }

    private List<String> actionOf(JsonObject run) {
        HttpResponse<String> findings = admin.get("api/reconciliations/" + run.getString("id") + "/findings?size=200");
        return Api.json(findings).getJsonArray("items").getValuesAs(JsonObject.class).stream()
                .filter(finding -> finding.getString("key").equals(key))
                .map(finding -> finding.getString("action"))
                .toList();
    }

    private int versions(S3Client s3) {
        return s3.listObjectVersions(
                        request -> request.bucket(Deployed.s3().name()).prefix(key))
                .versions()
                .size();
    }
}
