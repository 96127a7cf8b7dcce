package io.reportfiles.download;

import static org.assertj.core.api.Assertions.assertThat;

import io.reportfiles.server.Deployed;
import io.reportfiles.server.OnServer;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What becomes of a download when its reader is no longer allowed to have the file. */
@OnServer
@Tag(OnServer.ANY_DATABASE)
class RevokedReaderIT {

    /** Less than after which a reader who takes nothing is sent away anyway. */
    private static final Duration SOON = Duration.ofSeconds(6);

    private static final byte[] CONTENT = Reader.randomBytes(24 << 20);

    private static Reader reader;
    private static String file;

    @BeforeAll
    static void submit() throws Exception {
        reader = Reader.create();
        file = reader.submitted("large.zip", CONTENT);
    }

    private interface Change {
        HttpResponse<byte[]> of(JsonObject account) throws Exception;
    }

    @Test
    void deactivatedAccountsDownloadIsBrokenOff() throws Exception {
        assertBrokenOff(account -> Reader.send(Reader.request("api/accounts/" + account.getString("id") + "/deactivate")
                .POST(BodyPublishers.noBody())));
    }

    @Test
    void downloadIsBrokenOffWhenTheAccountMovesToAnotherOrganisation() throws Exception {
        String elsewhere = Reader.create().organisation;
        assertBrokenOff(account -> Reader.send(Reader.request("api/accounts/" + account.getString("id"))
                .header("Content-Type", "application/json")
                .PUT(BodyPublishers.ofString(Json.createObjectBuilder()
                        .add("displayName", "moved")
                        .add("roles", Json.createArrayBuilder().add("READER"))
                        .add("organisation", elsewhere)
                        .build()
                        .toString()))));
    }

    private static void assertBrokenOff(Change change) throws Exception {
        String authorization = reader.account("READER");
        JsonObject account = Reader.json(Reader.send(Reader.anonymous("api/me").header("Authorization", authorization))
                .body());
        try (RawReader slow = new RawReader()) {
            slow.sendAtOnce("GET /files/%s HTTP/1.1\r\nHost: %s\r\nAuthorization: %s\r\n\r\n"
                    .formatted(file, Deployed.baseUri().getAuthority(), authorization));
            Map<String, String> head = slow.head();
            assertThat(head.get("")).contains(" 200");
            int read = slow.body(100_000).length;
            Instant changed = Instant.now();

            assertThat(change.of(account).statusCode()).isEqualTo(200);

            JsonObject row = Reader.lastTransfer(file, Reader.ended("REVOKED"));
            assertThat(row.getString("account")).isEqualTo(account.getString("name"));
            assertThat(read + slow.untilEnd().length).isLessThan(CONTENT.length);
            assertThat(Duration.between(changed, Instant.now())).isLessThan(SOON);
        }
    }
}
