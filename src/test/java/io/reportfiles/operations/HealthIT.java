package io.reportfiles.operations;

import static org.assertj.core.api.Assertions.assertThat;

import io.reportfiles.dev.FaultProxy.Fault;
import io.reportfiles.server.Api;
import io.reportfiles.server.Deployed;
import io.reportfiles.server.OnServer;
import io.reportfiles.server.Secrets;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@OnServer
@Tag(OnServer.ANY_DATABASE)
class HealthIT {

    private static final Duration LONG_ENOUGH = Duration.ofSeconds(30);

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    @AfterEach
    void heal() {
        Deployed.faults().lift();
    }

    @Test
    void isAlive() throws Exception {
        HttpResponse<String> answer = get("health/live");
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).isEqualTo("{\"status\":\"UP\",\"checks\":[]}");
    }

    @Test
    void isReadyWhenDatabaseAndStorageAnswer() throws Exception {
        assertThat(untilStatus(200))
                .startsWith("{\"status\":\"UP\",\"checks\":[{\"name\":\"database\",\"status\":\"UP\"")
                .contains("{\"name\":\"ledger\",\"status\":\"UP\"", "{\"name\":\"storage\",\"status\":\"UP\"");
    }

    @Test
    void storageIsExamined() {
        HttpResponse<String> answer = Api.admin().post("api/storage-check");
        assertThat(Api.items(answer, "check"))
                .startsWith("BUCKET", "VERSIONING")
                .contains("WRITING", "RANGES", "CONDITIONAL_READS", "REMOVING", "CLOCK");
        assertThat(Api.items(answer, "verdict")).doesNotContain("BAD");
        assertThat(answer.body())
                .as("the server as configured, and asked")
                .contains("No listener ends a request because it takes long.")
                .contains("No listener limits the size of requests.")
                .contains("Listeners work on 100 requests or more at once.");
        assertThat(Api.admin()
                        .accountWith("AUDITOR", "", "")
                        .post("api/storage-check")
                        .statusCode())
                .isEqualTo(403);
        Deployed.faults().set(new Fault.Refuse());
        assertThat(Api.items(Api.admin().post("api/storage-check"), "verdict"))
                .startsWith("BAD")
                .containsOnlyOnce("BAD");
    }

    @Test
    void isNotReadyButAliveWhileTheStorageIsAway() throws Exception {
        Deployed.faults().set(new Fault.Refuse());
        assertThat(untilStatus(503))
                .startsWith("{\"status\":\"DOWN\"")
                .contains("{\"name\":\"database\",\"status\":\"UP\"", "{\"name\":\"storage\",\"status\":\"DOWN\"")
                .doesNotContain("127.0.0.1", "report-files");
        assertThat(get("health/live").statusCode()).isEqualTo(200);
        Deployed.faults().lift();
        untilStatus(200);
    }

    @Test
    void storageThatHangsDoesNotHangTheProbe() throws Exception {
        Deployed.faults().set(new Fault.StallAfter(0));
        untilStatus(503);
        Instant start = Instant.now();
        get("health/ready");
        assertThat(Duration.between(start, Instant.now())).isLessThan(Duration.ofSeconds(10));
        Deployed.faults().lift();
        untilStatus(200);
    }

    @Test
    void metricsAreForThoseWhoMaySeeThem() throws Exception {
        assertThat(get("metrics").statusCode()).isEqualTo(401);
        HttpResponse<String> answer = getAsAdministrator("metrics");
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("content-type"))
                .hasValueSatisfying(type -> assertThat(type).startsWith("text/plain"));
        assertThat(answer.body()).contains("# TYPE jvm_memory_used_bytes gauge");
    }

    @Test
    void describesItsInterface() throws Exception {
        HttpResponse<String> answer = getAsAdministrator("openapi");
        if (Deployed.product() == Deployed.Product.WILDFLY) { // it would let scripts of any site read that
            assertThat(answer.statusCode()).isEqualTo(404);
            return;
        }
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).contains("openapi: 3.", "/api/report-files/{id}:", "/api/tokens:");
    }

    @Test
    void tellsScriptsOfOtherSitesNothing() throws Exception {
        for (String path : List.of("openapi", "health/live", "metrics", "api/me")) {
            assertThat(get(path).headers().map()).as(path).doesNotContainKey("access-control-allow-origin");
        }
        assertThat(get("openapi").statusCode()).isIn(401, 404);
    }

    @Test
    void saysNothingOfTheServerInItsHead() throws Exception {
        assertThat(get("health/live").headers().map()).doesNotContainKeys("server", "x-powered-by");
    }

    @Test
    void logsOneJsonObjectALine() throws Exception {
        get("health/live");

        // The first lines of WildFly's first start come before its configuration is read.
        List<String> lines = Files.readAllLines(Deployed.serverLog());
        assertThat(lines.get(lines.size() - 1)).startsWith("{").endsWith("}");
    }

    private String untilStatus(int status) throws IOException, InterruptedException {
        Instant end = Instant.now().plus(LONG_ENOUGH);
        HttpResponse<String> answer = get("health/ready");
        while (answer.statusCode() != status && Instant.now().isBefore(end)) {
            Thread.sleep(200);
            answer = get("health/ready");
        }
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
        return answer.body();
    }

    private HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return Secrets.seen(http.send(
                HttpRequest.newBuilder(Deployed.baseUri().resolve(path)).build(), BodyHandlers.ofString()));
    }

    private HttpResponse<String> getAsAdministrator(String path) throws IOException, InterruptedException {
        String credentials = Deployed.ADMIN + ":" + Deployed.ADMIN_PASSWORD;
        return Secrets.seen(http.send(
                HttpRequest.newBuilder(Deployed.baseUri().resolve(path))
                        .header(
                                "Authorization",
                                "Basic "
                                        + Base64.getEncoder()
                                                .encodeToString(credentials.getBytes(StandardCharsets.UTF_8)))
                        .build(),
                BodyHandlers.ofString()));
    }
}
