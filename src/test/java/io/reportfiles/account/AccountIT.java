package io.reportfiles.account;

import static io.reportfiles.signin.Visitor.PASSWORD;
import static io.reportfiles.signin.Visitor.admin;
import static io.reportfiles.signin.Visitor.json;
import static io.reportfiles.signin.Visitor.newName;
import static io.reportfiles.signin.Visitor.stranger;
import static org.assertj.core.api.Assertions.assertThat;

import io.reportfiles.server.OnServer;
import io.reportfiles.signin.Visitor;
import jakarta.json.Json;
import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code /api/accounts}. */
@OnServer
@Tag(OnServer.ANY_DATABASE)
class AccountIT {

    private static JsonObjectBuilder account(String name) {
        return Json.createObjectBuilder()
                .add("name", name)
                .add("displayName", "Änne O'Hara")
                .add("password", PASSWORD)
                .add("roles", Json.createArrayBuilder(List.of("READER")));
    }

    private static List<String> fields(HttpResponse<String> answer) {
        return json(answer).getJsonArray("errors").getValuesAs(JsonObject.class).stream()
                .map(error -> error.getString("field"))
                .toList();
    }

    @Test
    void isCreatedFoundAndListed() {
        String name = newName();

        HttpResponse<String> created = admin().post(
                        "api/accounts", account(name.toUpperCase(Locale.ROOT)).build());
        assertThat(created.statusCode()).as(created.body()).isEqualTo(201);
        JsonObject account = json(created);
        assertThat(account.getString("name")).isEqualTo(name);
        assertThat(account.getString("displayName")).isEqualTo("Änne O'Hara");
        assertThat(account.getString("state")).isEqualTo("ACTIVE");
        assertThat(account.getString("createdAt")).matches("\\d{4}-\\d\\d-\\d\\dT[\\d:.]+Z");
        assertThat(created.body()).doesNotContain(PASSWORD).doesNotContainIgnoringCase("hash");
        assertThat(created.headers().firstValue("Location").orElseThrow())
                .endsWith("/api/accounts/" + account.getString("id"));

        HttpResponse<String> found = admin().get("api/accounts/" + account.getString("id"));
        assertThat(json(found)).isEqualTo(account);
        JsonObject list = json(admin().get("api/accounts?size=1&q=" + name));
        assertThat(list.getInt("total")).isEqualTo(1);
        assertThat(list.getJsonArray("items").getJsonObject(0)).isEqualTo(account);
        assertThat(json(admin().get("api/accounts?state=PENDING&q=" + name)).getInt("total"))
                .isZero();
    }

    @Test
    void withATakenNameIsAConflict() {
        String name = newName();
        Visitor.create(name, "ACTIVE");

        HttpResponse<String> answer = admin().post("api/accounts", account(name).build());

        assertThat(answer.statusCode()).isEqualTo(409);
    }

    @Test
    void hearsOfEverythingThatIsWrongAtOnce() {
        HttpResponse<String> answer = admin().post(
                        "api/accounts",
                        Json.createObjectBuilder()
                                .add("name", "with space")
                                .add("displayName", "")
                                .add("password", "short")
                                .add("roles", Json.createArrayBuilder(List.of("KING")))
                                .add("organisation", "NOBODY-KNOWS")
                                .add("region", 1)
                                .add("state", "DEACTIVATED")
                                .add("admin", true)
                                .build());

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(fields(answer))
                .containsExactlyInAnyOrder(
                        "name", "displayName", "password", "roles", "organisation", "region", "state", "admin");
    }

    @ParameterizedTest
    @CsvSource({"application/json, '{'", "application/json, '[]'", "application/json, 'null'", "application/json, ''"})
    void malformedBodiesAreBadRequests(String type, String body) {
        HttpResponse<String> answer =
                admin().with("Content-Type", type).send("POST", "api/accounts", Optional.of(body));

        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(400);
        assertThat(json(answer).getInt("status")).isEqualTo(400);
    }

    @Test
    void otherTypesOfBodiesAreNotSupported() {
        HttpResponse<String> answer =
                admin().with("Content-Type", "text/plain").send("POST", "api/accounts", Optional.of("name=x"));

        assertThat(answer.statusCode()).isEqualTo(415);
    }

    @ParameterizedTest
    @ValueSource(strings = {"1", "x", "0f6f9e6e-6f0a-4a52-9c59-1f8e3d3f2b11", "1-1-1-1-1", "%00", "a%2Fb"})
    void unknownOnesAreNotFound(String id) {
        assertThat(admin().get("api/accounts/" + id).statusCode()).isIn(400, 404);
        assertThat(admin().post("api/accounts/" + id + "/deactivate").statusCode())
                .isIn(400, 404);
    }

    @ParameterizedTest
    @ValueSource(strings = {"page=0", "page=x", "size=0", "size=100000", "state=SLEEPING", "page=99999999999999999999"})
    void listsRefuseWhatTheyDoNotUnderstand(String query) {
        assertThat(admin().get("api/accounts?" + query).statusCode()).isEqualTo(400);
    }

    @Test
    void isApprovedChangedDeactivatedAndActivated() {
        String name = newName();
        String path = "api/accounts/" + Visitor.create(name, "PENDING").getString("id");
        Visitor owner = stranger().withPassword(name, PASSWORD);
        assertThat(owner.get("api/me").statusCode()).isEqualTo(401);

        assertThat(json(admin().post(path + "/approve")).getString("state")).isEqualTo("ACTIVE");
        assertThat(admin().post(path + "/approve").statusCode()).isEqualTo(409);
        assertThat(owner.get("api/me").statusCode()).isEqualTo(200);

        JsonObject change = Json.createObjectBuilder()
                .add("displayName", "Other")
                .add("roles", Json.createArrayBuilder(List.of("AUDITOR")))
                .build();
        assertThat(admin().put(path, change).statusCode()).isEqualTo(200);
        JsonArray roles = json(owner.get("api/me")).getJsonArray("roles");
        assertThat(roles).hasSize(1);
        assertThat(roles.getString(0)).isEqualTo("AUDITOR");

        assertThat(json(admin().post(path + "/deactivate")).getString("state")).isEqualTo("DEACTIVATED");
        assertThat(owner.get("api/me").statusCode()).isEqualTo(401);
        assertThat(json(admin().post(path + "/activate")).getString("state")).isEqualTo("ACTIVE");
        assertThat(owner.get("api/me").statusCode()).isEqualTo(200);

        JsonObject password =
                Json.createObjectBuilder().add("password", "given by somebody").build();
        assertThat(admin().put(path + "/password", password).statusCode()).isEqualTo(204);
        assertThat(owner.get("api/me").statusCode()).isEqualTo(401);
        assertThat(stranger()
                        .withPassword(name, "given by somebody")
                        .get("api/me")
                        .statusCode())
                .isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"ANALYST", "READER", "REGIONAL_REVIEWER", "AUDITOR"})
    void areTheBusinessOfAdministratorsOnly(String role) {
        String name = newName();
        JsonObject account = Visitor.create(name, "ACTIVE", role);
        Visitor visitor = stranger().withPassword(name, PASSWORD);
        String path = "api/accounts/" + account.getString("id");

        assertThat(visitor.get("api/accounts").statusCode()).isEqualTo(403);
        assertThat(visitor.get(path).statusCode()).isEqualTo(403);
        assertThat(visitor.post("api/accounts", account(newName()).build()).statusCode())
                .isEqualTo(403);
        JsonObject grab = Json.createObjectBuilder()
                .add("displayName", "x")
                .add("roles", Json.createArrayBuilder(List.of("ADMINISTRATOR")))
                .build();
        assertThat(visitor.put(path, grab).statusCode()).isEqualTo(403);
        assertThat(visitor.post(path + "/deactivate").statusCode()).isEqualTo(403);
    }

    @Test
    void ofTheLastAdministratorCanNotBeTakenAway() {
        JsonObject me = json(admin().get("api/me"));
        List<String> others = otherAdministrators(me);
        others.forEach(path -> admin().post(path + "/deactivate"));
        try {
            String path = "api/accounts/" + me.getString("id");
            assertThat(admin().post(path + "/deactivate").statusCode()).isEqualTo(409);
            JsonObject demotion = Json.createObjectBuilder()
                    .add("displayName", "Administrator")
                    .add("roles", Json.createArrayBuilder(List.of("READER")))
                    .build();
            assertThat(admin().put(path, demotion).statusCode()).isEqualTo(409);
            assertThat(admin().get("api/me").statusCode()).isEqualTo(200);
        } finally {
            others.forEach(path -> admin().post(path + "/activate"));
        }
    }

    /** Those that other tests may have created. */
    private static List<String> otherAdministrators(JsonObject me) {
        return json(admin().get("api/accounts?state=ACTIVE&size=200"))
                .getJsonArray("items")
                .getValuesAs(JsonObject.class)
                .stream()
                .filter(account -> account.getJsonArray("roles").toString().contains("ADMINISTRATOR"))
                .map(account -> account.getString("id"))
                .filter(id -> !id.equals(me.getString("id")))
                .map(id -> "api/accounts/" + id)
                .toList();
    }
}
