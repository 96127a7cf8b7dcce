package io.reportfiles.signin.ldap;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.reportfiles.server.Api;
import io.reportfiles.server.Deployed;
import io.reportfiles.server.LdapServer;
import io.reportfiles.server.OnServer;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.net.CookieManager;
import java.net.CookiePolicy;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.util.Base64;
import java.util.UUID;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Signing in with the name and the password of an LDAP directory, over TLS. */
@OnServer
@Tag(OnServer.ANY_DATABASE)
class LdapSignInIT {

    private static final Api ADMIN = Api.admin();
    private static final String PASSWORD = "a pässword of the directory";
    private static final String CODE = "L" + UUID.randomUUID().toString().substring(0, 8);

    /** A browser, as far as cookies go. */
    private final HttpClient browser = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .cookieHandler(new CookieManager(null, CookiePolicy.ACCEPT_ALL))
            .build();

    @BeforeAll
    static void prepare() {
        ADMIN.post("api/regions", "{\"code\": \"%1$s\", \"name\": \"%1$s\"}".formatted(CODE));
        ADMIN.post(
                "api/organisations",
                "{\"code\": \"%1$s\", \"name\": \"%1$s\", \"type\": \"state\", \"region\": \"%1$s\"}".formatted(CODE));
        Deployed.ldap().addGroup(LdapServer.GROUPS, "report-analysts", "memberUid", "nobody");
    }

    private static String newPerson() {
        String name = "l-" + UUID.randomUUID();
        Deployed.ldap().addPerson(name, PASSWORD, "displayName: Per Son", "o: " + CODE, "l: " + CODE);
        return name;
    }

    private static String newAnalyst() {
        String name = newPerson();
        Deployed.ldap().setMembers("report-analysts", "memberUid", name);
        return name;
    }

    private static HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(Deployed.baseUri() + path));
    }

    private HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
        return browser.send(request.build(), BodyHandlers.ofString());
    }

    private HttpResponse<String> withBasic(String name, String password) throws IOException, InterruptedException {
        String pair = Base64.getEncoder().encodeToString((name + ":" + password).getBytes(UTF_8));
        return send(request("api/me").header("Authorization", "Basic " + pair));
    }

    private HttpResponse<String> withForm(String name, String password) throws IOException, InterruptedException {
        String form =
                "name=%s&password=%s".formatted(URLEncoder.encode(name, UTF_8), URLEncoder.encode(password, UTF_8));
        return send(request("login")
                .header("Content-Type", "application/x-www-form-urlencoded")
                .header("Accept", "text/html")
                .POST(BodyPublishers.ofString(form)));
    }

    @Test
    void analystGetsInWithFormAndWithBasic() throws Exception {
        String name = newAnalyst();

        assertThat(withForm(name, PASSWORD).statusCode()).isEqualTo(303);
        JsonObject me = Api.json(send(request("api/me")));
        assertThat(me.getString("name")).isEqualTo(name);
        assertThat(me.getString("displayName")).isEqualTo("Per Son");
        assertThat(me.getString("organisation")).isEqualTo(CODE);
        assertThat(me.getString("region")).isEqualTo(CODE);
        assertThat(me.getJsonArray("roles")).hasToString("[\"ANALYST\"]");
        assertThat(Api.json(withBasic(name, PASSWORD)).getString("id")).isEqualTo(me.getString("id"));
        assertThat(ADMIN.get("api/audit?action=SIGNED_IN&actor=" + name).body()).contains("from 127.0.0.1");
    }

    @Test
    void refusalsLookTheSameWhoeverWasMeant() throws Exception {
        String name = newAnalyst();
        String unknown = "u-" + UUID.randomUUID();
        HttpResponse<String> refused = withBasic(name, "wrong");
        assertThat(refused.statusCode()).isEqualTo(401);
        assertThat(comparable(refused, name)).isEqualTo(comparable(withBasic(unknown, "wrong"), unknown));
        HttpResponse<String> page = withForm(name, "wrong");
        assertThat(page.statusCode()).isEqualTo(403);
        assertThat(comparable(page, name)).isEqualTo(comparable(withForm(unknown, "wrong"), unknown));

        assertThat(withBasic("*)(objectClass=*", PASSWORD).statusCode()).isEqualTo(401);
    }

    /** What it says, but for the request's own id and name. */
    private static String comparable(HttpResponse<String> answer, String name) {
        return answer.statusCode()
                + answer.body().replaceAll("\"instance\": *\"[^\"]*\"", "").replace(name, "");
    }

    @Test
    void whoIsInNoGroupWaitsAndIsOutWithTheAccountAtOnce() throws Exception {
        String name = newPerson();
        HttpResponse<String> waiting = withForm(name, PASSWORD);
        assertThat(waiting.statusCode()).isEqualTo(403);
        assertThat(waiting.body()).contains("waits for the approval");
        assertThat(withBasic(name, PASSWORD).statusCode()).isEqualTo(403);
        JsonObject account = ADMIN.account(name);
        assertThat(account.getString("state")).isEqualTo("PENDING");
        assertThat(ADMIN.put(
                                "api/accounts/" + account.getString("id") + "/password",
                                "{\"password\": \"a password kept here\"}")
                        .statusCode())
                .as("an account whose password is kept elsewhere")
                .isEqualTo(409);

        ADMIN.post("api/accounts/" + account.getString("id") + "/approve");
        assertThat(withForm(name, PASSWORD).statusCode()).isEqualTo(303);
        assertThat(withBasic(name, PASSWORD).statusCode()).isEqualTo(200);
        assertThat(send(request("api/me")).statusCode()).as("session").isEqualTo(200);
        assertThat(send(request("api/me/password")
                                .header("Sec-Fetch-Site", "same-origin")
                                .header("Content-Type", "application/json")
                                .PUT(BodyPublishers.ofString(
                                        "{\"oldPassword\": \"%s\", \"newPassword\": \"a password kept here\"}"
                                                .formatted(PASSWORD))))
                        .statusCode())
                .isEqualTo(409);

        ADMIN.post("api/accounts/" + account.getString("id") + "/deactivate");
        assertThat(withBasic(name, PASSWORD).statusCode()).isEqualTo(401);
        assertThat(send(request("api/me")).statusCode()).as("session").isEqualTo(401);
    }

    @Test
    void localAccountsGoOnWhileTheDirectoryIsAway() throws Exception {
        String name = newAnalyst();
        Deployed.ldap().leave();
        try {
            HttpResponse<String> away = withBasic(name, PASSWORD);
            assertThat(away.statusCode()).isEqualTo(503);
            assertThat(away.headers().firstValue("Retry-After")).contains("30");
            assertThat(Api.json(away).getString("detail")).startsWith("The directory that knows who may sign in");
            assertThat(withForm(name, PASSWORD).statusCode()).isEqualTo(503);
            assertThat(withBasic("u-" + UUID.randomUUID(), PASSWORD).statusCode())
                    .isEqualTo(503);
            assertThat(Files.readString(Deployed.serverLog()))
                    .as("why, in the log")
                    .contains(Deployed.ldap().secureAddress() + " can't be reached");
            assertThat(withBasic(Deployed.ADMIN, Deployed.ADMIN_PASSWORD).statusCode())
                    .isEqualTo(200);
            assertThat(withForm(Deployed.ADMIN, Deployed.ADMIN_PASSWORD).statusCode())
                    .isEqualTo(303);
        } finally {
            Deployed.ldap().comeBack();
        }
        assertThat(withBasic(name, PASSWORD).statusCode()).isEqualTo(200);
    }
}
