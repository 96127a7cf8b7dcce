package io.reportfiles.signin;

import static io.reportfiles.signin.Visitor.PASSWORD;
import static io.reportfiles.signin.Visitor.admin;
import static io.reportfiles.signin.Visitor.json;
import static io.reportfiles.signin.Visitor.newName;
import static io.reportfiles.signin.Visitor.stranger;
import static org.assertj.core.api.Assertions.assertThat;

import io.reportfiles.server.OnServer;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.net.http.HttpResponse;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** An administrator looks at what another account would see. */
@OnServer
@Tag(OnServer.ANY_DATABASE)
class SeeAsIT {

    private static final String HEADER = "Report-Files-See-As";

    private static String administrator;
    private static String reader;
    private static String readerId;
    private static Visitor session;

    @BeforeAll
    static void prepare() {
        administrator = newName();
        Visitor.create(administrator, "ACTIVE", "ADMINISTRATOR");
        reader = newName();
        readerId = Visitor.create(reader, "ACTIVE", "READER").getString("id");
        session = stranger().with("Sec-Fetch-Site", "same-origin").signIn(administrator, PASSWORD);
    }

    private static Visitor seeing() {
        HttpResponse<String> begun = session.post("api/accounts/" + readerId + "/see-as");
        assertThat(begun.statusCode()).as(begun.body()).isEqualTo(200);
        assertThat(json(begun).getString("header")).isEqualTo(HEADER);
        return session.with(HEADER, readerId);
    }

    @Test
    void showsWhatTheOtherMayAndNoMore() {
        Visitor seeing = seeing();

        JsonObject me = json(seeing.get("api/me"));
        assertThat(me.getString("name")).isEqualTo(reader);
        assertThat(me.getString("seenBy")).isEqualTo(administrator);
        assertThat(me.getJsonArray("permissions").toString())
                .contains("VIEW_CATALOGUE")
                .doesNotContain("MANAGE_ACCOUNTS");
        assertThat(json(seeing.get("api/report-files")).getInt("total")).isZero();
        assertThat(seeing.get("api/accounts").statusCode()).isEqualTo(403);
        assertThat(seeing.get("api/audit").statusCode()).isEqualTo(403);
        assertThat(seeing.get("api/tokens").statusCode()).isEqualTo(403);
    }

    @Test
    void changesNothingAndFetchesNothing() {
        Visitor seeing = seeing();

        assertThat(seeing.post(
                                "api/tokens",
                                Json.createObjectBuilder().add("name", "x").build())
                        .statusCode())
                .isEqualTo(403);
        assertThat(seeing.post("api/me/sign-out-everywhere").statusCode()).isEqualTo(403);
        assertThat(seeing.send("PATCH", "uploads/" + UUID.randomUUID(), Optional.empty())
                        .statusCode())
                .isEqualTo(403);
        String file = "files/" + UUID.randomUUID();
        assertThat(seeing.get(file).statusCode()).isEqualTo(403);
        JsonObject refused = json(admin().get("api/transfers?outcome=REFUSED&account=" + administrator));
        assertThat(refused.getInt("total")).isEqualTo(1);
        assertThat(json(admin().get("api/transfers?account=" + reader)).getInt("total"))
                .isZero();
    }

    @Test
    void isInTheAuditWithBothNames() {
        seeing();

        JsonObject event = json(admin().get("api/audit?action=ACCOUNT_SEEN&actor=" + administrator))
                .getJsonArray("items")
                .getJsonObject(0);
        assertThat(event.getString("detail")).contains(administrator, reader);
        assertThat(json(admin().get("api/audit?actor=" + reader)).getInt("total"))
                .isZero();
    }

    @Test
    void leavesOtherSessionsAndRequestsAlone() {
        Visitor other = stranger().with("Sec-Fetch-Site", "same-origin").signIn(reader, PASSWORD);
        seeing();

        assertThat(json(other.get("api/me")).getString("name")).isEqualTo(reader);
        assertThat(other.get("api/me").body()).doesNotContain("seenBy\":\"");
        assertThat(json(session.get("api/me")).getString("name")).isEqualTo(administrator);
        assertThat(session.get("api/accounts?size=1").statusCode()).isEqualTo(200);
        assertThat(other.post("api/accounts/" + readerId + "/see-as").statusCode())
                .isEqualTo(403);
    }

    @Test
    void endsWhenToldAndWithTheRights() {
        Visitor seeing = seeing();
        assertThat(session.delete("api/accounts/" + readerId + "/see-as").statusCode())
                .isEqualTo(204);
        assertThat(seeing.get("api/me").statusCode()).isEqualTo(403);

        seeing();
        admin().post("api/accounts/" + readerId + "/deactivate");
        assertThat(seeing.get("api/me").statusCode()).isEqualTo(403);
        admin().post("api/accounts/" + readerId + "/activate");
    }

    @Test
    void endsWhenTheAdministratorIsNoneAnyMore() {
        String name = newName();
        String id = Visitor.create(name, "ACTIVE", "ADMINISTRATOR").getString("id");
        Visitor own = stranger().with("Sec-Fetch-Site", "same-origin").signIn(name, PASSWORD);
        assertThat(own.post("api/accounts/" + readerId + "/see-as").statusCode())
                .isEqualTo(200);
        Visitor seeing = own.with(HEADER, readerId);
        assertThat(seeing.get("api/me").statusCode()).isEqualTo(200);

        JsonObject auditor = Json.createObjectBuilder()
                .add("displayName", name)
                .add("roles", Json.createArrayBuilder().add("AUDITOR"))
                .build();
        assertThat(admin().put("api/accounts/" + id, auditor).statusCode()).isEqualTo(200);
        assertThat(seeing.get("api/me").statusCode()).isEqualTo(403);
        assertThat(json(own.get("api/me")).getString("name")).isEqualTo(name);
    }

    @Test
    void pageThatLooksAtAnotherAccountEndsOnlyThat() {
        String other = Visitor.create(newName(), "ACTIVE", "READER").getString("id");
        Visitor seeing = seeing();
        assertThat(session.delete("api/accounts/" + other + "/see-as").statusCode())
                .isEqualTo(204);
        assertThat(seeing.get("api/me").statusCode()).isEqualTo(200);
    }

    @Test
    void takesARightAndASession() {
        session.delete("api/accounts/" + readerId + "/see-as");
        assertThat(session.with(HEADER, readerId).get("api/me").statusCode()).isEqualTo(403);
        assertThat(admin().post("api/accounts/" + readerId + "/see-as").statusCode())
                .isEqualTo(409);
        assertThat(admin().with(HEADER, readerId).get("api/me").statusCode()).isEqualTo(403);
        String pending = Visitor.create(newName(), "PENDING", "READER").getString("id");
        assertThat(session.post("api/accounts/" + pending + "/see-as").statusCode())
                .isEqualTo(409);
    }
}
