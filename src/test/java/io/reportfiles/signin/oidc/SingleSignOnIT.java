package io.reportfiles.signin.oidc;

import static org.assertj.core.api.Assertions.assertThat;

import io.reportfiles.server.Api;
import io.reportfiles.server.Deployed;
import io.reportfiles.server.OnServer;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import java.io.IOException;
import java.net.CookieManager;
import java.net.CookiePolicy;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.UUID;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Signing in with OpenID Connect, from the link on the sign-in page to the account. */
@OnServer
@Tag(OnServer.ANY_DATABASE)
class SingleSignOnIT {

    private static final Api ADMIN = Api.admin();
    private static final String ORGANISATION =
            "S" + UUID.randomUUID().toString().substring(0, 8);

    @BeforeAll
    static void prepare() {
        ADMIN.post(
                "api/organisations",
                "{\"code\": \"%1$s\", \"name\": \"%1$s\", \"type\": \"state\"}".formatted(ORGANISATION));
    }

    /** A browser, as far as cookies and following links go. */
    private static final class Browser {

        private final HttpClient http = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .cookieHandler(new CookieManager(null, CookiePolicy.ACCEPT_ALL))
                .build();

        HttpResponse<String> get(URI address) throws IOException, InterruptedException {
            return http.send(
                    HttpRequest.newBuilder(address)
                            .header("Accept", "text/html")
                            .build(),
                    BodyHandlers.ofString());
        }

        HttpResponse<String> get(String path) throws IOException, InterruptedException {
            return get(URI.create(Deployed.baseUri() + path));
        }

        JsonObject me() throws IOException, InterruptedException {
            HttpResponse<String> answer = http.send(
                    HttpRequest.newBuilder(URI.create(Deployed.baseUri() + "api/me"))
                            .build(),
                    BodyHandlers.ofString());
            assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
            return Api.json(answer);
        }

        /** There and to the way back, which is not gone yet. */
        URI leave(String path) throws IOException, InterruptedException {
            HttpResponse<String> provider = get(location(get(path)));
            return location(provider);
        }

        HttpResponse<String> signIn() throws IOException, InterruptedException {
            return get(leave("login/oidc"));
        }
    }

    private static URI location(HttpResponse<String> answer) {
        assertThat(answer.statusCode()).as(answer.body()).isIn(302, 303);
        return answer.uri().resolve(answer.headers().firstValue("Location").orElseThrow());
    }

    private static JsonObject person(String name, String... groups) {
        JsonObjectBuilder person = Json.createObjectBuilder()
                .add("sub", name)
                .add("preferred_username", name)
                .add("name", "Person " + name)
                .add("organisation", ORGANISATION);
        var all = Json.createArrayBuilder();
        for (String group : groups) {
            all.add(group);
        }
        return person.add("groups", all).build();
    }

    private static String newName() {
        return "p-" + UUID.randomUUID();
    }

    @Test
    void mappedPersonGetsInAndBackToTheLink() throws Exception {
        String name = newName();
        Deployed.identityProvider().signsIn(person(name, "report-analysts", "others"));
        Browser browser = new Browser();

        assertThat(browser.get("login").body()).contains("login/oidc");
        HttpResponse<String> back = browser.get(browser.leave("login/oidc?return=/console/?view=audit"));

        assertThat(location(back).toString()).endsWith("/console/?view=audit");
        JsonObject me = browser.me();
        assertThat(me.getString("name")).isEqualTo(name);
        assertThat(me.getString("organisation")).isEqualTo(ORGANISATION);
        assertThat(me.getJsonArray("roles").toString()).isEqualTo("[\"ANALYST\"]");
        assertThat(ADMIN.get("api/audit?action=SIGNED_IN&actor=" + name).body())
                .contains("OpenID Connect from 127.0.0.1");
    }

    @Test
    void rolesFollowTheGroupsWithEachSignIn() throws Exception {
        String name = newName();
        Deployed.identityProvider().signsIn(person(name, "report-analysts"));
        new Browser().signIn();
        Deployed.identityProvider().signsIn(person(name));
        Browser browser = new Browser();
        browser.signIn();

        assertThat(browser.me().getJsonArray("roles")).isEmpty();
    }

    @Test
    void whoIsNotMappedWaitsForApproval() throws Exception {
        String name = newName();
        Deployed.identityProvider().signsIn(person(name, "others"));
        HttpResponse<String> answer = new Browser().signIn();
        assertThat(answer.statusCode()).isEqualTo(403);
        assertThat(answer.body()).contains("waits for the approval");
        assertThat(ADMIN.account(name).getString("state")).isEqualTo("PENDING");

        ADMIN.post("api/accounts/" + ADMIN.account(name).getString("id") + "/approve");
        Browser browser = new Browser();
        assertThat(browser.signIn().statusCode()).isEqualTo(303);
        assertThat(browser.me().getString("name")).isEqualTo(name);

        ADMIN.post("api/accounts/" + ADMIN.account(name).getString("id") + "/deactivate");
        assertThat(new Browser().signIn().statusCode()).isEqualTo(403);
    }

    @Test
    void nameOfAnAccountGivesNobodyThatAccount() throws Exception {
        JsonObject admin = Json.createObjectBuilder(person("admin", "report-analysts"))
                .add("sub", newName())
                .build();
        Deployed.identityProvider().signsIn(admin);
        Browser browser = new Browser();
        browser.signIn();

        JsonObject me = browser.me();
        assertThat(me.getString("name")).matches("admin\\+[0-9a-f]{8}");
        assertThat(me.getJsonArray("roles").toString()).isEqualTo("[\"ANALYST\"]");
    }

    @Test
    void answerThatNobodyHereAskedForIsRefused() throws Exception {
        Deployed.identityProvider().signsIn(person(newName(), "report-analysts"));
        URI stolen = new Browser().leave("login/oidc");
        Browser victim = new Browser();

        assertThat(victim.get(stolen).statusCode()).as("no sign-in begun").isEqualTo(403);
        victim.leave("login/oidc");
        assertThat(victim.get(stolen).statusCode()).as("another one begun").isEqualTo(403);
        assertThat(victim.get("login/oidc/callback?error=access_denied").statusCode())
                .isEqualTo(403);
    }

    @Test
    void sessionHasANewIdAndSigningOutLeadsToTheProvider() throws Exception {
        Deployed.identityProvider().signsIn(person(newName(), "report-analysts"));
        Browser browser = new Browser();
        browser.signIn();

        HttpResponse<String> answer = browser.http.send(
                HttpRequest.newBuilder(URI.create(Deployed.baseUri() + "logout"))
                        .POST(BodyPublishers.noBody())
                        .build(),
                BodyHandlers.ofString());

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("Refresh").orElseThrow())
                .startsWith("0;url=" + Deployed.identityProvider().issuer() + "/end?")
                .contains("id_token_hint=", "post_logout_redirect_uri=");
        assertThat(browser.get("api/me").statusCode()).isIn(302, 401);
    }
}
