package io.reportfiles.reportfile;

import static org.assertj.core.api.Assertions.assertThat;

import io.reportfiles.server.Api;
import io.reportfiles.server.OnServer;
import jakarta.json.JsonObject;
import java.net.http.HttpResponse;
import java.util.UUID;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whether administrators are told why somebody may do something or not. */
@OnServer
@Tag(OnServer.ANY_DATABASE)
class AccessApiIT {

    private static final Api ADMIN = Api.admin();
    private static final String CODE = "X" + UUID.randomUUID().toString().substring(0, 8);

    private static String file;
    private static String reader;
    private static String stranger;

    @BeforeAll
    static void prepare() {
        ADMIN.post(
                "api/organisations", "{\"code\": \"%1$s\", \"name\": \"%1$s\", \"type\": \"state\"}".formatted(CODE));
        ADMIN.post(
                "api/sections",
                "{\"code\": \"%1$s\", \"title\": \"%1$s\", \"extensions\": [\"txt\"], \"maxBytes\": 100}"
                        .formatted(CODE));
        file = ADMIN.submit(
                        "organisation=%1$s&year=2026&quarter=Q3&section=%1$s&filename=x.txt".formatted(CODE), "content")
                .getString("id");
        reader = Api.json(ADMIN.accountWith("READER", CODE, "").get("api/me")).getString("name");
        stranger = Api.json(ADMIN.accountWith("READER", "", "").get("api/me")).getString("name");
    }

    private static JsonObject explained(String query) {
        HttpResponse<String> answer = ADMIN.get("api/access/explain?" + query);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return Api.json(answer);
    }

    @ParameterizedTest
    @CsvSource({
        "reader, DOWNLOAD, true, OWN_ORGANISATION",
        "reader, SUBMIT, false, NO_ROLE",
        "stranger, DOWNLOAD, false, NO_PLACE",
        "admin, WITHDRAW, true, ROLE_EVERYWHERE"
    })
    void decisionsAboutAFileAreExplained(String who, String action, boolean allowed, String ground) {
        String name = switch (who) {
            case "reader" -> reader;
            case "stranger" -> stranger;
            default -> who;
        };
        JsonObject answer = explained("account=%s&action=%s&id=%s".formatted(name, action, file));

        assertThat(answer.getBoolean("allowed")).isEqualTo(allowed);
        assertThat(answer.getString("ground")).isEqualTo(ground);
        assertThat(answer.getString("reason")).endsWith(".");
        assertThat(answer.getString("organisation")).isEqualTo(CODE);
    }

    @Test
    void accountsThatAreNotActiveAreExplained() {
        String id = Api.json(ADMIN.get("api/accounts?q=" + stranger))
                .getJsonArray("items")
                .getJsonObject(0)
                .getString("id");
        ADMIN.post("api/accounts/" + id + "/deactivate");

        JsonObject answer = explained("account=%s&action=view_catalogue".formatted(id));

        ADMIN.post("api/accounts/" + id + "/activate");
        assertThat(answer.getBoolean("allowed")).isFalse();
        assertThat(answer.getString("ground")).isEqualTo("DEACTIVATED");
        assertThat(answer.getString("account")).isEqualTo(stranger);
    }

    @Test
    void organisationsMayBeAskedFor() {
        assertThat(explained("account=%s&action=VIEW_METADATA&organisation=%s".formatted(reader, CODE))
                        .getBoolean("allowed"))
                .isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "account=admin",
                "action=DOWNLOAD",
                "account=admin&action=FLY",
                "account=nobody-at-all&action=DOWNLOAD",
                "account=admin&action=DOWNLOAD&organisation=nothing"
            })
    void otherQuestionsAreRefused(String query) {
        assertThat(ADMIN.get("api/access/explain?" + query).statusCode()).isEqualTo(400);
    }
}
