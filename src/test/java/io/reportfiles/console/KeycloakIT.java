package io.reportfiles.console;

import static io.reportfiles.console.Visitor.url;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.Request;
import com.microsoft.playwright.Response;
import io.reportfiles.server.Api;
import io.reportfiles.server.Deployed;
import io.reportfiles.server.Keycloak;
import io.reportfiles.server.OnServer;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.io.StringReader;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** People with a browser who sign in at a real Keycloak, with the realm of {@code keycloak-realm.json}. */
@OnServer
@Tag(OnServer.SIGN_ON)
class KeycloakIT {

    private static final Api ADMIN = Api.admin();

    private static Chromium chromium;
    private Visitor visitor;
    private Page page;
    private final List<String> visited = new CopyOnWriteArrayList<>();
    private final List<String> missing = new CopyOnWriteArrayList<>();

    @BeforeAll
    static void start() throws IOException, InterruptedException {
        ADMIN.post("api/regions", "{\"code\": \"keycloak\", \"name\": \"Keycloak\"}");
        ADMIN.post("api/organisations", "{\"code\": \"keycloak\", \"name\": \"Keycloak\", \"type\": \"state\"}");
        chromium = Chromium.start();
        Deployed.keycloak().awaitReady();
    }

    @AfterAll
    static void stop() {
        if (chromium != null) {
            chromium.close();
        }
    }

    @BeforeEach
    void open() {
        visitor = new Visitor(chromium, 1280);
        page = visitor.page();
        page.onRequest((Request request) -> visited.add(request.url()));
        page.onResponse((Response answer) -> {
            if (answer.status() == 404) {
                missing.add(answer.url());
            }
        });
    }

    @AfterEach
    void close() {
        visitor.expectComplaint(
                "Failed to load resource"); // refusals are asked for, and Keycloak lacks a file of its own
        visitor.close();
        assertThat(missing).noneMatch(address -> address.startsWith(url("")));
    }

    /** From the sign-in page to Keycloak's. */
    private void goToTheProvider() {
        page.locator("#provider").click();
        page.waitForURL(Visitor.containing("/realms/reports/"));
    }

    /** The answer with which the browser comes back. */
    private Response signInThere(String name) {
        page.locator("#username").fill(name);
        page.locator("#password").fill(Keycloak.PASSWORD);
        return page.waitForResponse(
                answer -> answer.url().startsWith(url("login/oidc/callback")),
                () -> page.locator("#kc-login").click());
    }

    private JsonObject me() {
        return Json.createReader(
                        new StringReader(page.request().get(url("api/me")).text()))
                .readObject();
    }

    @Test
    void mappedPersonGetsWhatTheGroupsSayAndSignsOutOfBoth() {
        page.navigate(url("console/?view=files"));
        goToTheProvider();
        signInThere("ines");
        page.waitForURL(url("console/?view=files"));

        JsonObject me = me();
        assertThat(me.getString("name")).isEqualTo("ines");
        assertThat(me.getString("displayName")).isEqualTo("Inés Ibáñez");
        assertThat(me.getJsonArray("roles")).hasToString("[\"ANALYST\"]");
        assertThat(me.getString("organisation")).isEqualTo("keycloak");
        assertThat(me.getString("region")).isEqualTo("keycloak");
        assertThat(visited)
                .as("authorization code with PKCE")
                .anyMatch(address -> address.contains("response_type=code")
                        && address.contains("code_challenge_method=S256")
                        && address.contains("nonce="))
                .anyMatch(address -> address.startsWith(url("login/oidc/callback?")) && address.contains("code="));

        page.locator("#sign-out").click();
        page.waitForURL(url("login"));
        assertThat(page.request().get(url("api/me")).status()).isEqualTo(401);
        goToTheProvider();
        assertThat(page.locator("#password").isVisible())
                .as("signed out there, too")
                .isTrue();
    }

    @Test
    void whoIsNotMappedWaitsForApprovalAndIsOutWithTheAccount() {
        page.navigate(url("login"));
        goToTheProvider();
        Response refused = signInThere("udo");
        assertThat(refused.status()).isEqualTo(403);
        assertThat(page.locator("body").textContent()).contains("waits for the approval of an administrator");
        JsonObject account = ADMIN.account("udo");
        assertThat(account.getString("state")).isEqualTo("PENDING");

        ADMIN.post("api/accounts/" + account.getString("id") + "/approve");
        page.navigate(url("login"));
        page.locator("#provider").click(); // there the session goes on: no password is asked for
        page.waitForURL(url("console/"));
        assertThat(me().getString("name")).isEqualTo("udo");

        ADMIN.post("api/accounts/" + account.getString("id") + "/deactivate");
        assertThat(page.request().get(url("api/me")).status()).isEqualTo(401);
        page.navigate(url("console/"));
        page.waitForURL(Visitor.containing("/login"));
        page.locator("#provider").click();
        page.waitForURL(Visitor.containing("login/oidc/callback"));
        assertThat(page.locator("body").textContent()).contains("Your account is deactivated");
    }
}
