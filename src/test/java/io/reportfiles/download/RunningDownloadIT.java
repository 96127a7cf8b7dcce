package io.reportfiles.download;

import static org.assertj.core.api.Assertions.assertThat;

import io.reportfiles.server.OnServer;
import jakarta.json.JsonObject;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Downloads under way, watched and ended by others. */
@OnServer
@Tag(OnServer.ANY_DATABASE)
class RunningDownloadIT {

    private static final byte[] CONTENT = Reader.randomBytes(60_000_000); // far more than is buffered on the way

    @Test
    void downloadIsSeenUnderWayAndEnded() throws Exception {
        Reader reader = Reader.create();
        String file = reader.submitted("running.zip", CONTENT);
        try (RawReader raw = new RawReader()) {
            raw.request("GET", "files/" + file, "1.1");
            raw.head();
            raw.body(1_000_000);

            JsonObject running = running(file).get(0);
            assertThat(running.getString("kind")).isEqualTo("DOWNLOAD");
            assertThat(running.getString("account")).isEqualTo("admin");
            assertThat(running.getInt("totalBytes")).isEqualTo(CONTENT.length);
            assertThat(running.getInt("bytes")).isBetween(1_000_000, CONTENT.length - 1);
            String transfer = "api/transfers/" + running.getString("id");
            assertThat(end(transfer, reader.account("AUDITOR"))).isEqualTo(403);
            assertThat(end(transfer, Reader.ADMIN)).isEqualTo(204);

            assertThat(raw.untilEnd().length).isLessThan(CONTENT.length - 1_000_000);
            Reader.lastTransfer(file, Reader.ended("INTERRUPTED"));
            assertThat(running(file)).isEmpty();
            assertThat(end(transfer, Reader.ADMIN)).isEqualTo(404);
            assertThat(items("api/audit?action=TRANSFER_ENDED&subjectId=" + running.getString("id")))
                    .hasSize(1);
        }
        assertThat(end("api/transfers/x", Reader.ADMIN)).isEqualTo(404);
        assertThat(Reader.send(Reader.anonymous("api/transfers/running")
                                .header("Authorization", reader.account("READER")))
                        .statusCode())
                .isEqualTo(403);
    }

    private static List<JsonObject> running(String file) throws Exception {
        return items("api/transfers/running?size=200").stream()
                .filter(transfer ->
                        transfer.getJsonArray("reportFiles").getString(0).equals(file))
                .toList();
    }

    private static List<JsonObject> items(String path) throws Exception {
        return Reader.json(Reader.get(path).body()).getJsonArray("items").getValuesAs(JsonObject.class);
    }

    private static int end(String path, String authorization) throws Exception {
        HttpRequest.Builder request =
                Reader.anonymous(path).header("Authorization", authorization).method("DELETE", BodyPublishers.noBody());
        return Reader.send(request).statusCode();
    }
}
