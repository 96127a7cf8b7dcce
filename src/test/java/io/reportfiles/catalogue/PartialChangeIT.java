package io.reportfiles.catalogue;

import static org.assertj.core.api.Assertions.assertThat;

import io.reportfiles.server.Api;
import io.reportfiles.server.OnServer;
import jakarta.json.JsonObject;
import java.net.http.HttpResponse;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A change that says nothing of a member leaves it as it is: its sender may not know of it. */
@OnServer
class PartialChangeIT {

    private static final Api ADMIN = Api.admin();

    private final String code = "P" + UUID.randomUUID().toString().substring(0, 8);

    @BeforeEach
    void createRegion() {
        ADMIN.create("api/regions", "{\"code\": \"%1$s\", \"name\": \"%1$s\"}".formatted(code));
    }

    @Test
    void checksOfASectionStayUntilTheyAreTakenAway() {
        ADMIN.create("api/sections", """
                {"code": "%s", "title": "Before", "extensions": ["csv"], "maxBytes": 9, "checks": ["text"]}""".formatted(code));
        JsonObject changed = changed("api/sections/" + code, """
                {"title": "After", "extensions": ["csv"], "maxBytes": 9}""");
        assertThat(changed.getString("title")).isEqualTo("After");
        assertThat(changed.getJsonArray("checks")).hasSize(1);
        assertThat(Api.json(ADMIN.get("api/sections/" + code))).isEqualTo(changed);

        changed = changed("api/sections/" + code, """
                {"title": "After", "extensions": ["csv"], "maxBytes": 9, "checks": []}""");
        assertThat(changed.getJsonArray("checks")).isEmpty();
    }

    @Test
    void regionOfAnOrganisationStaysUntilItIsTakenAway() {
        ADMIN.create("api/organisations", """
                {"code": "%1$s", "name": "Before", "type": "state", "region": "%1$s"}""".formatted(code));
        JsonObject changed = changed("api/organisations/" + code, """
                {"name": "After", "type": "state"}""");
        assertThat(changed.getString("name")).isEqualTo("After");
        assertThat(changed.getString("region")).isEqualTo(code);

        changed = changed("api/organisations/" + code, """
                {"name": "After", "type": "state", "region": null}""");
        assertThat(changed.getString("region", "none")).isEqualTo("none");
    }

    @Test
    void rolesOrganisationAndRegionOfAnAccountStayUntilTheyAreTakenAway() {
        ADMIN.create("api/organisations", """
                {"code": "%1$s", "name": "%1$s", "type": "state", "region": "%1$s"}""".formatted(code));
        ADMIN.create("api/accounts", """
                {"name": "%2$s", "displayName": "Before", "password": "correct horse of %2$s", "roles": ["READER"],
                 "organisation": "%1$s", "region": "%1$s"}""".formatted(code, "p-" + code.substring(1)));
        String path = "api/accounts/" + ADMIN.account("p-" + code.substring(1)).getString("id");
        JsonObject changed = changed(path, "{\"displayName\": \"After\"}");
        assertThat(changed.getString("displayName")).isEqualTo("After");
        assertThat(changed.getJsonArray("roles")).hasSize(1);
        assertThat(changed.getString("organisation")).isEqualTo(code);
        assertThat(changed.getString("region")).isEqualTo(code);

        changed =
                changed(path, "{\"displayName\": \"After\", \"roles\": [], \"organisation\": null, \"region\": null}");
        assertThat(changed.getJsonArray("roles")).isEmpty();
        assertThat(changed.getString("organisation", "none")).isEqualTo("none");
        assertThat(changed.getString("region", "none")).isEqualTo("none");
    }

    private static JsonObject changed(String path, String json) {
        HttpResponse<String> answer = ADMIN.put(path, json);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return Api.json(answer);
    }
}
