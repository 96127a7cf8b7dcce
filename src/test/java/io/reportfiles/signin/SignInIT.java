package io.reportfiles.signin;

import static io.reportfiles.signin.Visitor.PASSWORD;
import static io.reportfiles.signin.Visitor.browser;
import static io.reportfiles.signin.Visitor.json;
import static io.reportfiles.signin.Visitor.newName;
import static io.reportfiles.signin.Visitor.stranger;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.reportfiles.server.Api;
import io.reportfiles.server.Deployed;
import io.reportfiles.server.OnServer;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpResponse;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Who gets in, and how the others are sent away. */
@OnServer
@Tag(OnServer.ANY_DATABASE)
class SignInIT {

    private static final JsonObject TOKEN_REQUEST =
            Json.createObjectBuilder().add("name", "cron").build();

    private static List<String> challenges(HttpResponse<String> answer) {
        return answer.headers().allValues("WWW-Authenticate");
    }

    private static String contentType(HttpResponse<String> answer) {
        return answer.headers().firstValue("Content-Type").orElse("");
    }

    private static void assertRefused(HttpResponse<String> answer) {
        assertThat(answer.statusCode()).isEqualTo(401);
        assertThat(contentType(answer)).startsWith("application/problem+json");
        assertThat(challenges(answer)).isNotEmpty();
    }

    @Nested
    class Strangers {

        @Test
        void areCountedAndFillNoLedger() {
            long before = refusals();
            String last = lastRefusedTransfer();
            for (int i = 0; i < 100; i++) {
                assertThat(Api.anonymously("files/" + UUID.randomUUID()).statusCode())
                        .isEqualTo(401);
            }
            assertThat(refusals() - before).isEqualTo(100);
            assertThat(lastRefusedTransfer()).isEqualTo(last);
        }

        private static long refusals() {
            return Api.json(Api.admin().get("api/transfers/refusals?size=200")).getJsonArray("items").stream()
                    .mapToLong(
                            row -> row.asJsonObject().getJsonNumber("requests").longValue())
                    .sum();
        }

        private static String lastRefusedTransfer() {
            return Api.json(Api.admin().get("api/transfers?outcome=REFUSED&size=1"))
                    .getJsonArray("items")
                    .toString();
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "api/me",
                    "api/accounts",
                    "api/report-files",
                    "api/nothing",
                    "files/0f6f9e6e-6f0a-4a52-9c59-1f8e3d3f2b11",
                    "console/",
                    "",
                    "metrics",
                    "assets/../api/me",
                    "assets/%2e%2e/api/me",
                    "assets;a=b/../api/me"
                })
        void areRefusedEverywhere(String path) {
            HttpResponse<String> answer = stranger().get(path);

            assertThat(answer.statusCode()).as(answer.headers().toString()).isIn(400, 401, 404);
            if (!path.startsWith("assets")) {
                assertRefused(answer);
                assertThat(challenges(answer))
                        .containsExactly(
                                "Basic realm=\"Report Files\", charset=\"UTF-8\"", "Bearer realm=\"Report Files\"");
            }
        }

        @ParameterizedTest
        @ValueSource(strings = {"POST", "PUT", "DELETE", "OPTIONS", "HEAD", "PATCH"})
        void areRefusedWhateverTheMethod(String method) {
            assertThat(stranger().send(method, "api/me", Optional.empty()).statusCode())
                    .isEqualTo(401);
        }

        @Test
        void getToTheDoorAndToHealth() {
            assertThat(stranger().get("login").statusCode()).isEqualTo(200);
            assertThat(stranger().get("health/live").statusCode()).isEqualTo(200);
            assertThat(stranger().withPassword("a", "b").get("health/live").statusCode())
                    .isEqualTo(200);
            assertThat(stranger().get("assets/nothing.css").statusCode()).isEqualTo(404);
        }
    }

    @Nested
    class LongForms {

        @Test
        void areRefusedBeforeTheyAreReadAndShortOnesInChunksAreNot() throws IOException {
            assertThat(statusLineOf("Content-Length: 104857600", "name=admin")).contains(" 413");
            assertThat(statusLineOf("Transfer-Encoding: chunked", "a\r\nname=admin\r\n0\r\n\r\n"))
                    .contains(" 403");
        }

        private static String statusLineOf(String framing, String body) throws IOException {
            URI base = Deployed.baseUri();
            String head = "POST %slogin HTTP/1.1\r\nHost: %s\r\nConnection: close\r\n"
                            .formatted(base.getPath(), base.getAuthority())
                    + "Content-Type: application/x-www-form-urlencoded\r\n";
            try (Socket socket = new Socket(base.getHost(), base.getPort())) {
                socket.setSoTimeout(30_000);
                socket.getOutputStream().write((head + framing + "\r\n\r\n" + body).getBytes(UTF_8));
                return new BufferedReader(new InputStreamReader(socket.getInputStream(), ISO_8859_1)).readLine();
            }
        }
    }

    @Nested
    class Passwords {

        @Test
        void letTheAdministratorIn() {
            HttpResponse<String> answer = Visitor.admin().get("api/me");

            assertThat(answer.statusCode()).isEqualTo(200);
            JsonObject me = json(answer);
            assertThat(me.getString("name")).isEqualTo("admin");
            assertThat(me.getJsonArray("roles").getString(0)).isEqualTo("ADMINISTRATOR");
            assertThat(me.getJsonArray("permissions")).hasSizeGreaterThan(5);
        }

        @Test
        void areVerifiedOnceForManyRequests() {
            Visitor script = Visitor.newAccount(newName());
            script.get("api/me");

            Instant start = Instant.now();
            for (int i = 0; i < 20; i++) {
                assertThat(script.get("api/me").statusCode()).isEqualTo(200);
            }
            assertThat(Duration.between(start, Instant.now())).isLessThan(Duration.ofSeconds(20));
        }

        @Test
        void whenWrongAreNeverAnsweredWithTheSignInPage() {
            HttpResponse<String> answer =
                    browser().withPassword("admin", "wrong").get("api/me");

            assertThat(answer.statusCode()).isEqualTo(401);
            assertThat(challenges(answer)).isNotEmpty();
        }

        @Test
        void whenWrongDoNotTellWhichAccountsExist() {
            String pending = newName();
            Visitor.create(pending, "PENDING");

            JsonObject known = json(stranger().withPassword("admin", "wrong").get("api/me"));
            JsonObject unknown =
                    json(stranger().withPassword(newName(), "wrong").get("api/me"));
            JsonObject inactive =
                    json(stranger().withPassword(pending, PASSWORD).get("api/me"));

            for (String member : List.of("type", "title", "status", "detail")) {
                assertThat(unknown.get(member)).isEqualTo(known.get(member));
                assertThat(inactive.get(member)).isEqualTo(known.get(member));
            }
        }

        @Test
        void ofADeactivatedAccountStopWorkingAtOnce() {
            String name = newName();
            JsonObject account = Visitor.create(name, "ACTIVE");
            Visitor script = stranger().withPassword(name, PASSWORD);
            Visitor session = browser().signIn(name, PASSWORD).with("Accept", "application/json");
            Visitor token = stranger()
                    .withToken(json(script.post("api/tokens", TOKEN_REQUEST)).getString("token"));
            for (Visitor visitor : List.of(script, session, token)) {
                assertThat(visitor.get("api/me").statusCode()).isEqualTo(200);
            }

            Visitor.admin().post("api/accounts/" + account.getString("id") + "/deactivate");

            for (Visitor visitor : List.of(script, session, token)) {
                assertRefused(visitor.get("api/me"));
            }
        }
    }

    @Nested
    class Guessers {

        @Test
        void haveToWaitWhetherTheAccountExistsOrNot() {
            String known = newName();
            Visitor owner = Visitor.newAccount(known);
            String token = json(owner.post("api/tokens", TOKEN_REQUEST)).getString("token");

            for (String name : List.of(known, newName())) {
                Visitor guesser = stranger().withPassword(name, "a guess");
                HttpResponse<String> answer = guessedUntilRefused(401, () -> guesser.get("api/me"));
                assertThat(contentType(answer)).startsWith("application/problem+json");
                assertThat(answer.headers().firstValue("Retry-After")).isPresent();
            }
            assertThat(stranger().withToken(token).get("api/me").statusCode()).isEqualTo(200);
        }

        @Test
        void areToldToWaitOnTheSignInPage() {
            Map<String, String> guess = Map.of("name", newName(), "password", "a guess");

            HttpResponse<String> form = guessedUntilRefused(403, () -> browser().submitForm("login", guess));

            assertThat(form.body()).contains("role=\"alert\"").contains("Wait a moment");
            assertThat(form.headers().firstValue("Retry-After")).isPresent();
        }

        /** The first answer that says so: on a slow machine the first waits may be over before the next guess arrives. */
        private static HttpResponse<String> guessedUntilRefused(int wrong, Supplier<HttpResponse<String>> guess) {
            HttpResponse<String> answer = guess.get();
            int guesses = 1;
            while (answer.statusCode() == wrong && guesses < 12) {
                answer = guess.get();
                guesses++;
            }
            assertThat(answer.statusCode()).isEqualTo(429);
            assertThat(guesses).isGreaterThan(Deployed.FREE_GUESSES);
            return answer;
        }

        @Test
        void areNamedInTheAuditWithTheirAddress() {
            String nobody = newName();
            stranger().withPassword(nobody, "a guess").get("api/me");

            assertThat(Visitor.admin()
                            .get("api/audit?action=SIGN_IN_FAILED&actor=" + nobody)
                            .body())
                    .contains("refused by the directory from 127.0.0.1");
        }
    }

    @Nested
    class HostileCredentials {

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "Basic",
                    "Basic ",
                    "Basic ====",
                    "Basic YWRtaW4=",
                    "Bearer",
                    "Bearer rf_",
                    "Bearer ' or 1=1 --",
                    "Digest username=\"admin\"",
                    "Negotiate YII=",
                    "x"
                })
        void areRefused(String header) {
            assertRefused(stranger().with("Authorization", header).get("api/me"));
        }

        @Test
        void inInvalidUtf8OrWithControlCharactersAreRefused() {
            for (byte[] pair : List.of(
                    "admin:pässword".getBytes(ISO_8859_1),
                    new byte[] {(byte) 0xff, ':', (byte) 0xfe},
                    "adm\u0000in:x".getBytes(UTF_8),
                    "admin:\u0000".getBytes(UTF_8),
                    "admin\r\nX: y:z".getBytes(UTF_8),
                    ":x".getBytes(UTF_8),
                    "\uD83D\uDE00:x".getBytes(UTF_8))) {
                String header = "Basic " + Base64.getEncoder().encodeToString(pair);
                assertRefused(stranger().with("Authorization", header).get("api/me"));
            }
        }

        @Test
        void ofAnySizeAreRefused() {
            assertRefused(stranger().withPassword("admin", "x".repeat(5_000)).get("api/me"));
            try {
                assertThat(stranger()
                                .withPassword("admin", "x".repeat(100_000))
                                .get("api/me")
                                .statusCode())
                        .isIn(400, 401, 413, 431);
            } catch (UncheckedIOException closed) {
                assertThat(closed)
                        .as("a server may also hang up on such a head")
                        .isNotNull();
            }
            assertThat(Visitor.admin().get("api/me").statusCode()).isEqualTo(200);
        }
    }

    @Nested
    class Tokens {

        @Test
        void letScriptsInUntilTheyAreRevoked() {
            Visitor owner = Visitor.newAccount(newName());

            HttpResponse<String> created = owner.post("api/tokens", TOKEN_REQUEST);
            assertThat(created.statusCode()).isEqualTo(201);
            assertThat(created.headers().firstValue("Cache-Control")).contains("no-store");
            String secret = json(created).getString("token");
            assertThat(secret).startsWith("rf_");
            String location = created.headers().firstValue("Location").orElseThrow();
            assertThat(location).endsWith("/api/tokens/" + json(created).getString("id"));

            Visitor script = stranger().withToken(secret);
            assertThat(json(script.get("api/me")).getString("name"))
                    .isEqualTo(json(owner.get("api/me")).getString("name"));
            HttpResponse<String> list = owner.get("api/tokens");
            assertThat(json(list).getJsonArray("items")).hasSize(1);
            assertThat(list.body()).doesNotContain(secret.substring(3)).contains("lastUsedAt");

            String path = "api/tokens/" + json(created).getString("id");
            assertThat(Visitor.admin().delete(path).statusCode()).isEqualTo(404);
            assertThat(owner.delete(path).statusCode()).isEqualTo(204);
            assertThat(owner.delete(path).statusCode()).isEqualTo(404);
            HttpResponse<String> refused = script.get("api/me");
            assertRefused(refused);
            assertThat(challenges(refused)).anyMatch(value -> value.contains("error=\"invalid_token\""));
            assertThat(json(owner.get("api/tokens")).getJsonArray("items")).isEmpty();
        }

        @Test
        void canNotMakeTokens() {
            Visitor owner = Visitor.newAccount(newName());
            JsonObject created = json(owner.post("api/tokens", TOKEN_REQUEST));
            Visitor script = stranger().withToken(created.getString("token"));

            HttpResponse<String> refused = script.post("api/tokens", TOKEN_REQUEST);

            assertThat(refused.statusCode()).isEqualTo(403);
            assertThat(json(refused).getString("detail")).contains("access token");
            assertThat(script.get("api/tokens").statusCode()).isEqualTo(403);
            assertThat(json(script.get("api/me")).getJsonArray("permissions").toString())
                    .contains("VIEW_CATALOGUE")
                    .doesNotContain("MANAGE_OWN_TOKENS");
        }

        @Test
        void canBeLimitedToActions() {
            JsonObject wanted = Json.createObjectBuilder(TOKEN_REQUEST)
                    .add("actions", Json.createArrayBuilder().add("VIEW_METADATA"))
                    .build();
            HttpResponse<String> created = Visitor.admin().post("api/tokens", wanted);
            assertThat(created.statusCode()).as(created.body()).isEqualTo(201);
            assertThat(json(created).getJsonArray("actions")).isEqualTo(wanted.getJsonArray("actions"));
            Visitor script = stranger().withToken(json(created).getString("token"));

            assertThat(script.get("api/report-files").statusCode()).isEqualTo(200);
            assertThat(json(script.get("api/me")).getJsonArray("permissions"))
                    .isEqualTo(wanted.getJsonArray("actions"));
            for (String path : List.of(
                    "api/accounts",
                    "api/audit",
                    "api/transfers",
                    "api/me/transfers",
                    "api/tokens",
                    "api/organisations",
                    "metrics")) {
                assertThat(script.get(path).statusCode()).as(path).isEqualTo(403);
            }
            JsonObject passwords = Json.createObjectBuilder()
                    .add("oldPassword", Deployed.ADMIN_PASSWORD)
                    .add("newPassword", "another long password")
                    .build();
            assertThat(script.put("api/me/password", passwords).statusCode()).isEqualTo(403);
            assertThat(script.post("api/me/sign-out-everywhere").statusCode()).isEqualTo(403);
            Visitor.admin().delete("api/tokens/" + json(created).getString("id"));
        }

        @Test
        void expire() throws SQLException {
            Visitor owner = Visitor.newAccount(newName());
            JsonObject created = json(owner.post(
                    "api/tokens",
                    Json.createObjectBuilder()
                            .add("name", "a year")
                            .add(
                                    "expiresAt",
                                    Instant.now().plus(Duration.ofDays(365)).toString())
                            .build()));
            Visitor script = stranger().withToken(created.getString("token"));
            assertThat(script.get("api/me").statusCode()).isEqualTo(200);

            letAYearPass(created.getString("id"));

            assertRefused(script.get("api/me"));
        }

        private static void letAYearPass(String id) throws SQLException {
            try (Connection database = Deployed.jdbc();
                    PreparedStatement update = database.prepareStatement(
                            "update access_token set expires_at = current_timestamp where id = ?")) {
                update.setObject(1, UUID.fromString(id));
                assertThat(update.executeUpdate()).isEqualTo(1);
            }
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "{}",
                    "{\"name\": \"\"}",
                    "{\"name\": 1}",
                    "{\"name\": \"a\\u0000\"}",
                    "{\"name\": \"a\", \"expiresAt\": \"tomorrow\"}",
                    "{\"name\": \"a\", \"expiresAt\": \"2001-01-01T00:00:00Z\"}",
                    "{\"name\": \"a\", \"expiresAt\": \"+999999999-01-01T00:00:00Z\"}",
                    "{\"name\": \"a\", \"token\": \"rf_mine\"}",
                    "{\"name\": \"a\", \"actions\": []}",
                    "{\"name\": \"a\", \"actions\": \"DOWNLOAD\"}",
                    "{\"name\": \"a\", \"actions\": [\"FLY\"]}",
                    "{\"name\": \"a\", \"actions\": [\"MANAGE_OWN_TOKENS\"]}",
                    "[]",
                    "{",
                    "null",
                    ""
                })
        void areRefusedWithABadRequest(String body) {
            HttpResponse<String> answer = Visitor.admin()
                    .with("Content-Type", "application/json")
                    .send("POST", "api/tokens", Optional.of(body));

            assertThat(answer.statusCode()).as(answer.body()).isEqualTo(400);
            assertThat(contentType(answer)).startsWith("application/problem+json");
        }
    }

    @Nested
    class Browsers {

        @Test
        void areSentToTheSignInPageAndBackToTheLink() {
            String wanted = "/files/0f6f9e6e-6f0a-4a52-9c59-1f8e3d3f2b11/a%20b.csv?x=1&y=%C3%A4";
            HttpResponse<String> sent = browser().get(wanted);
            assertThat(sent.statusCode()).isEqualTo(302);
            String page = sent.headers().firstValue("Location").orElseThrow();
            assertThat(page).contains("/login?return=").doesNotContain("&");

            HttpResponse<String> form = browser().get(page.substring(page.indexOf("/login")));
            assertThat(form.statusCode()).isEqualTo(200);
            assertThat(contentType(form)).startsWith("text/html");
            assertThat(form.body()).contains("name=\"return\" value=\"" + wanted.replace("&", "&amp;") + "\"");
            assertThat(form.headers().firstValue("Cache-Control")).contains("no-store");

            HttpResponse<String> signedIn = browser()
                    .submitForm(
                            "login",
                            Map.of("name", Deployed.ADMIN, "password", Deployed.ADMIN_PASSWORD, "return", wanted));
            assertThat(signedIn.statusCode()).isEqualTo(303);
            assertThat(signedIn.headers().firstValue("Location").orElseThrow()).endsWith(wanted);
            String cookie = Visitor.cookieOf(signedIn).orElseThrow();
            assertThat(browser().with("Cookie", cookie).get(wanted).statusCode())
                    .isNotIn(302, 401);
        }

        @Test
        void getACookieThatScriptsAndOtherSitesCanNotUse() {
            HttpResponse<String> answer =
                    browser().submitForm("login", Map.of("name", Deployed.ADMIN, "password", Deployed.ADMIN_PASSWORD));

            assertThat(answer.headers().allValues("Set-Cookie"))
                    .filteredOn(cookie -> cookie.startsWith("report-files-session="))
                    .isNotEmpty()
                    .allSatisfy(cookie ->
                            assertThat(cookie).containsIgnoringCase("HttpOnly").contains("SameSite=Lax"));
        }

        @Test
        void areToldWhenTheySignInWrong() {
            HttpResponse<String> answer =
                    browser().submitForm("login", Map.of("name", "<b>admin", "password", "wrong", "return", "/x"));

            assertThat(answer.statusCode()).isEqualTo(403);
            assertThat(answer.body())
                    .contains("role=\"alert\"")
                    .contains("value=\"/x\"")
                    .contains("&lt;b&gt;admin")
                    .doesNotContain("wrong\"");
            assertThat(Visitor.cookieOf(answer)).isEmpty();
            HttpResponse<String> nobody =
                    browser().submitForm("login", Map.of("name", "<b>admin", "password", "x", "return", "/x"));
            assertThat(nobody.body()).isEqualTo(answer.body());
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "https://elsewhere.example/",
                    "//elsewhere.example/",
                    "/\\elsewhere.example/",
                    "javascript:alert(1)",
                    "/a\r\nX-Injected: 1",
                    ""
                })
        void areNeverLedElsewhere(String target) {
            HttpResponse<String> answer = browser()
                    .submitForm(
                            "login",
                            Map.of("name", Deployed.ADMIN, "password", Deployed.ADMIN_PASSWORD, "return", target));

            assertThat(answer.statusCode()).isEqualTo(303);
            assertThat(answer.headers().firstValue("Location").orElseThrow())
                    .isIn("/console/", Deployed.baseUri() + "console/");
            assertThat(answer.headers().firstValue("X-Injected")).isEmpty();
        }

        @Test
        void getANewSessionIdWithEachSignIn() {
            String planted = "report-files-session=0123456789abcdef0123456789ab";
            Visitor victim = browser().with("Cookie", planted);

            HttpResponse<String> first =
                    victim.submitForm("login", Map.of("name", Deployed.ADMIN, "password", Deployed.ADMIN_PASSWORD));
            String cookie = Visitor.cookieOf(first).orElseThrow();
            assertThat(cookie).isNotEqualTo(planted);
            assertRefused(stranger().with("Cookie", planted).get("api/me"));

            HttpResponse<String> second = browser()
                    .with("Cookie", cookie)
                    .submitForm("login", Map.of("name", Deployed.ADMIN, "password", Deployed.ADMIN_PASSWORD));
            assertThat(Visitor.cookieOf(second).orElseThrow()).isNotEqualTo(cookie);
            assertRefused(stranger().with("Cookie", cookie).get("api/me"));
        }

        @Test
        void signOut() {
            Visitor session = browser().signIn(Deployed.ADMIN, Deployed.ADMIN_PASSWORD);

            assertThat(session.with("Origin", "http://elsewhere.example")
                            .post("logout")
                            .statusCode())
                    .isEqualTo(403);
            assertThat(session.with("Accept", "application/json").get("api/me").statusCode())
                    .isEqualTo(200);
            HttpResponse<String> answer = session.post("logout");
            assertThat(answer.statusCode()).isEqualTo(303);
            assertThat(answer.headers().firstValue("Location").orElseThrow()).endsWith("/login");
            assertRefused(session.with("Accept", "application/json").get("api/me"));
        }

        @Test
        void keepTheSessionInWhichTheyChangeThePasswordAndLoseTheOthers() {
            String name = newName();
            Visitor.create(name, "ACTIVE");
            Visitor session = browser()
                    .signIn(name, PASSWORD)
                    .with("Accept", "application/json")
                    .with("Sec-Fetch-Site", "same-origin");
            Visitor other = browser().signIn(name, PASSWORD).with("Accept", "application/json");

            JsonObject wrong = Json.createObjectBuilder()
                    .add("oldPassword", "wrong")
                    .add("newPassword", "another password")
                    .build();
            assertThat(session.put("api/me/password", wrong).statusCode()).isEqualTo(400);
            JsonObject right =
                    Json.createObjectBuilder(wrong).add("oldPassword", PASSWORD).build();
            HttpResponse<String> changed = session.put("api/me/password", right);

            assertThat(changed.statusCode()).isEqualTo(204);
            String cookie = Visitor.cookieOf(changed).orElseThrow();
            assertThat(session.with("Cookie", cookie).get("api/me").statusCode())
                    .isEqualTo(200);
            assertRefused(other.get("api/me"));
            assertRefused(stranger().withPassword(name, PASSWORD).get("api/me"));
            assertThat(stranger()
                            .withPassword(name, "another password")
                            .get("api/me")
                            .statusCode())
                    .isEqualTo(200);
        }
    }

    @Nested
    class ForgedRequests {

        private final Visitor session =
                browser().signIn(Deployed.ADMIN, Deployed.ADMIN_PASSWORD).with("Accept", "application/json");

        @ParameterizedTest
        @ValueSource(strings = {"http://elsewhere.example", "null", "http://127.0.0.1:1"})
        void fromAnotherOriginAreRefused(String origin) {
            assertThat(session.with("Origin", origin)
                            .post("api/tokens", TOKEN_REQUEST)
                            .statusCode())
                    .isEqualTo(403);
        }

        @ParameterizedTest
        @ValueSource(strings = {"cross-site", "same-site", "none"})
        void thatTheBrowserSaysAreForeignAreRefused(String site) {
            assertThat(session.with("Sec-Fetch-Site", site)
                            .post("api/tokens", TOKEN_REQUEST)
                            .statusCode())
                    .isEqualTo(403);
        }

        @Test
        void withoutAnyWordOnTheirOriginAreRefused() {
            HttpResponse<String> answer = session.post("api/tokens", TOKEN_REQUEST);

            assertThat(answer.statusCode()).isEqualTo(403);
            assertThat(contentType(answer)).startsWith("application/problem+json");
        }

        @Test
        void areToldFromThoseOfOurPages() {
            String origin = Deployed.baseUri().toString().replaceAll("/$", "");

            for (Visitor page :
                    List.of(session.with("Origin", origin), session.with("Sec-Fetch-Site", "same-origin"))) {
                HttpResponse<String> answer = page.post("api/tokens", TOKEN_REQUEST);
                assertThat(answer.statusCode()).isEqualTo(201);
                page.delete("api/tokens/" + json(answer).getString("id"));
            }
        }

        @Test
        void canNotSignABrowserIn() {
            HttpResponse<String> answer = browser()
                    .with("Origin", "http://elsewhere.example")
                    .submitForm("login", Map.of("name", Deployed.ADMIN, "password", Deployed.ADMIN_PASSWORD));

            assertThat(answer.statusCode()).isEqualTo(403);
            assertThat(Visitor.cookieOf(answer)).isEmpty();
        }

        @Test
        void withAPasswordThatTheBrowserKeepsAreRefused() {
            for (Visitor forged : List.of(
                    Visitor.admin().with("Origin", "http://elsewhere.example"),
                    Visitor.admin().with("Sec-Fetch-Site", "cross-site"))) {
                assertThat(forged.post("api/tokens", TOKEN_REQUEST).statusCode())
                        .isEqualTo(403);
                assertThat(forged.get("api/me").statusCode()).isEqualTo(200);
            }
        }

        @Test
        void doNotConcernScriptsWithATokenOrWithoutAnOrigin() {
            JsonObject token = json(Visitor.admin().post("api/tokens", TOKEN_REQUEST));
            Visitor script = stranger().withToken(token.getString("token")).with("Origin", "http://elsewhere.example");
            JsonObject nothing = Json.createObjectBuilder().build();

            assertThat(script.post("api/organisations", nothing).statusCode()).isEqualTo(400);
            Visitor.admin().delete("api/tokens/" + token.getString("id"));
        }
    }
}
