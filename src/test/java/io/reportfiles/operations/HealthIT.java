package io.reportfiles.operations;

import static org.assertj.core.api.Assertions.assertThat;

import io.reportfiles.server.Deployed;
import io.reportfiles.server.OnServer;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.sql.Connection;
import java.util.List;
import org.junit.jupiter.api.Test;

@OnServer
class HealthIT {
    private final HttpClient http = HttpClient.newHttpClient();

    @Test
    void isAlive() throws Exception {
        assertThat(get("health/live").statusCode()).isEqualTo(200);
    }

    @Test
    void isReadyWhenTheDatabaseAnswers() throws Exception {
        HttpResponse<String> answer = get("health/ready");

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).startsWith("{\"status\":\"UP\"");
        try (Connection database = Deployed.jdbc()) {
            assertThat(database.isValid(5)).isTrue();
        }
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

    private HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return http.send(
                HttpRequest.newBuilder(Deployed.baseUri().resolve(path)).build(), BodyHandlers.ofString());
    }
}
