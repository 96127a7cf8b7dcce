package io.reportfiles.submission.tus;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.reportfiles.server.Api;
import io.reportfiles.server.Deployed;
import io.reportfiles.server.OnServer;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What a section wants of its files, whichever way they come. */
@OnServer
@Tag(OnServer.ANY_DATABASE)
class SectionChecksIT {

    private static final String SECTION = "checked";

    private final TusScene scene = new TusScene();

    SectionChecksIT() {
        Api.admin()
                .post(
                        "api/sections",
                        "{\"code\":\"%s\",\"title\":\"Checked\",\"extensions\":[\"csv\"],\"maxBytes\":1000000,\"checks\":[\"text\"]}"
                                .formatted(SECTION)); // a conflict the next time
    }

    @Test
    void fileThatPassesIsAvailable() throws Exception {
        byte[] file = "a,b\n1,\u00e9\n".getBytes(UTF_8);
        assertThat(submit(file).statusCode()).isEqualTo(201);
        assertThat(TusScene.download(upload(file))).isEqualTo(file);
    }

    @Test
    void fileThatDoesNotIsRefusedWithEveryReasonAndNothingOfItIsKept() throws Exception {
        byte[] file = "\u0001\n\u00e9".getBytes(ISO_8859_1);
        for (HttpResponse<String> answer : List.of(submit(file), upload(file))) {
            assertThat(answer.statusCode()).as(answer.body()).isEqualTo(422);
            assertThat(answer.body()).contains("line 1 holds a control character", "line 2 can't be read");
        }
        assertThat(scene.states()).containsExactly("FAILED", "FAILED");
        assertThat(scene.stored()).isEmpty();
    }

    private HttpResponse<String> submit(byte[] file) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(Deployed.baseUri()
                        .resolve("api/report-files?organisation=%s&year=2026&quarter=Q3&section=%s&filename=a.csv"
                                .formatted(scene.organisation, SECTION)))
                .header("Authorization", TusScene.ADMIN)
                .header("Content-Type", "text/csv")
                .POST(BodyPublishers.ofByteArray(file))
                .build();
        return HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .build()
                .send(request, BodyHandlers.ofString());
    }

    private HttpResponse<String> upload(byte[] file) throws Exception {
        Map<String, String> fields = scene.fields();
        fields.put("section", SECTION);
        return TusScene.patch(scene.begin(file.length, fields), 0, file);
    }
}
