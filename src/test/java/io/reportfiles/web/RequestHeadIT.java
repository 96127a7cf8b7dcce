package io.reportfiles.web;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.reportfiles.server.Api;
import io.reportfiles.server.Deployed;
import io.reportfiles.server.OnServer;
import io.reportfiles.web.http.HttpDate;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.net.URLEncoder;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is asked of a request's head, and what every answer's head says, written and read byte by byte. */
@OnServer
@Tag(OnServer.ANY_DATABASE)
class RequestHeadIT {

    private static final String ADMIN = "Authorization: Basic "
            + Base64.getEncoder().encodeToString((Deployed.ADMIN + ":" + Deployed.ADMIN_PASSWORD).getBytes(UTF_8));

    private static final String HOST = "Host: evil.example";

    /** Far more than any takes that is parsed in linear time, on a machine that does other things as well. */
    private static final Duration SOON = Duration.ofSeconds(5);

    @ParameterizedTest
    @CsvSource({
        "GET, login",
        "GET, nothing",
        "GET, api/me",
        "GET, api/nothing",
        "GET, assets/report-files.css",
        "HEAD, assets/report-files.css",
        "GET, health/live",
        "GET, console/",
        "GET, files/x",
        "OPTIONS, files/x",
        "DELETE, files/x",
        "GET, api/report-files?size=0",
        "GET, WEB-INF/web.xml"
    })
    void everyAnswerSaysOnceWhenItWasMade(String method, String path) throws IOException {
        for (String credentials : List.of("X-Nothing: none", ADMIN)) {
            List<String> dates = fields(ask(method, path, HOST, credentials), "Date");
            assertThat(dates).hasSize(1);
            assertThat(HttpDate.parse(dates.get(0), Clock.systemUTC()))
                    .hasValueSatisfying(date ->
                            assertThat(Duration.between(date, Instant.now())).isLessThan(Duration.ofMinutes(1)));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Accept",
                "Accept-Language",
                "Range",
                "If-None-Match",
                "Repr-Digest",
                "Origin",
                "Cookie",
                "X-Forwarded-For",
                "Idempotency-Key",
                "X-Anything"
            })
    void aFieldLongerThanAnybodyNeedsIsRefused(String name) throws IOException {
        assertThat(ask("GET", "login", HOST, name + ": " + "a".repeat(17_000)))
                .startsWith("HTTP/1.1 431")
                .contains("urn:report-files:problem:header-fields-too-large");
    }

    @Test
    void linesOfOneFieldCountTogether() throws IOException {
        String line = "X-Anything: " + "a".repeat(6_000);
        assertThat(ask("GET", "login", HOST, line, line, line)).startsWith("HTTP/1.1 431");
    }

    @ParameterizedTest
    @ValueSource(strings = {"de,", "de-AT;q=0.1,", "*", ";q=1,", "a-b-c-d-e-f-g,"})
    void languagesWithoutEndCostNothing(String repeated) throws IOException {
        assertSoon("Accept-Language: " + repeated.repeat(64_000 / repeated.length()));
        assertSoon("Accept-Language: " + repeated.repeat(16_000 / repeated.length()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"a/b,", "a/b;q=0.1,", "*/*,", ";", "text/html;a=\"\\\"", "application/json;"})
    void mediaTypesWithoutEndCostNothing(String repeated) throws IOException {
        assertSoon("Accept: " + repeated.repeat(64_000 / repeated.length()));
        assertSoon("Accept: " + repeated.repeat(16_000 / repeated.length()));
        assertSoon("Content-Type: multipart/form-data;" + repeated.repeat(16_000 / repeated.length()));
    }

    @ParameterizedTest
    @ValueSource(strings = {" ", ";a", "; a", ",a", "=:", ";a=b "})
    void digestsWithoutEndCostNothing(String repeated) throws IOException {
        assertSoon("Repr-Digest: sha-256=:AAAA:" + repeated.repeat(15_000 / repeated.length()) + "!");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "*/*;q=x | 400",
                "a/b;q=0.1, | 400",
                "*/*;q= | 400",
                "*/*; Q = -1 | 400",
                "*/*;q=1;q=y | 400",
                "text/html, image/gif, *; q=.2, */*; q=.2 | 200",
                "application/json;q=0.833, */*;q=0 | 200",
                "*/*;q=1 | 200"
            })
    void aWeightIsANumber(String accept, int status) throws IOException {
        assertThat(ask("GET", "api/me", HOST, ADMIN, "Accept: " + accept)).startsWith("HTTP/1.1 " + status);
    }

    @ParameterizedTest
    @ValueSource(strings = {"application/json;q=x", "application/json;q=0.1,", "text/plain; q="})
    void aTypeOfContentHasNoWeight(String type) throws IOException {
        String answer = ask("POST", "api/tokens", HOST, ADMIN, "Content-Length: 2", "Content-Type: " + type, "", "{}");
        assertThat(answer).startsWith("HTTP/1.1 400");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Accept: x",
                "Accept: a/b/c",
                "Accept: ;;",
                "Accept: /",
                "Accept: text/html;=;",
                "Accept: application/json;q",
                "Accept: application/json;charset=nope",
                "Accept: a/b;c=\"",
                "Accept:",
                "Accept-Language: -",
                "Accept-Language: de;q=x",
                "Accept-Language: *;q=",
                "Accept-Charset: nope;q=x",
                "Accept-Encoding: gzip;q=x,,;",
                "Content-Type: x",
                "Content-Type: a/b/c",
                "Content-Type: ;",
                "Content-Type: /",
                "Content-Type: application/json;charset=nope",
                "Content-Type: application/json;charset=\"",
                "Content-Type: application/json;=",
                "Content-Type:",
                "Content-Language: -",
                "Content-Encoding: nope",
                "Cookie: =;;=a;\"",
                "Cookie: report-files-session=\"; report-files-session=",
                "If-Modified-Since: x",
                "If-None-Match: \"",
                "Range: bytes=x",
                "Origin: [",
                "Origin: http://[",
                "Expect: nope",
                "Authorization: ",
                "Authorization: Basic",
                "Authorization: Basic =",
                "Authorization: Negotiate x",
                "X-Forwarded-For: ,,",
                "X-HTTP-Method-Override: nope",
                "Forwarded: for=\"",
                "Connection: Upgrade, HTTP2-Settings",
                "TE: nope;q=x",
            })
    void nonsenseInAFieldIsNoFailure(String field) throws IOException {
        for (String request :
                List.of("GET login", "GET api/me", "GET files/x", "GET assets/report-files.css", "POST api/tokens")) {
            String[] parts = request.split(" ", 2);
            String credentials = field.startsWith("Authorization") ? "X-Nothing: none" : ADMIN;
            assertThat(ask(parts[0], parts[1], HOST, credentials, "Content-Length: 0", field))
                    .as(request)
                    .startsWith("HTTP/1.1 ")
                    .doesNotStartWith("HTTP/1.1 5");
        }
    }

    private static void assertSoon(String field) throws IOException {
        for (String path : List.of("login", "api/me", "api/report-files")) {
            Instant start = Instant.now();
            String answer = ask(path.endsWith("s") ? "POST" : "GET", path, HOST, ADMIN, "Content-Length: 0", field);
            assertThat(Duration.between(start, Instant.now())).isLessThan(SOON);
            assertThat(answer).doesNotStartWith("HTTP/1.1 5");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"Host: a\r\nHost: a", "Host: a\r\nHost: b", "Host: a\"><x", "Host: a/b", "Host: a@b", "Host: a b"
            })
    void aRequestNamesOneHost(String hosts) throws IOException {
        assertThat(ask("GET", "api/me", hosts, ADMIN)).startsWith("HTTP/1.1 400");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "api/me;a=b",
                "api;a/me",
                "api/me;session=1",
                "login;a=b",
                "assets/report-files.css;a=b",
                "files/x;a=b/c",
                "console/;a"
            })
    void anAddressHasNoParametersBehindASemicolon(String path) throws IOException {
        assertThat(ask("GET", path, HOST, ADMIN))
                .startsWith("HTTP/1.1 400")
                .contains("urn:report-files:problem:invalid-input");
    }

    @ParameterizedTest
    @ValueSource(strings = {";%s=%s", "%%3B%s=%s", "%%3b%s=%s", ";a=b;%s=%s", "?%s=%s", "?a=b&%s=%s"})
    void aSessionIsNamedByItsCookieAlone(String place) throws IOException {
        String cookie = fields(signIn(), "Set-Cookie").get(0).split(";", 2)[0];
        assertThat(ask("GET", "api/me", HOST, "Cookie: " + cookie)).startsWith("HTTP/1.1 200");
        String[] session = cookie.split("=", 2);
        for (String name : List.of(session[0], "jsessionid", "JSESSIONID")) {
            assertThat(ask("GET", "api/me" + place.formatted(name, session[1]), HOST))
                    .doesNotStartWith("HTTP/1.1 2")
                    .doesNotStartWith("HTTP/1.1 3");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"files/x", "files/alder/2026/Q3/active/latest", "files.zip", "files/", "", "console/"})
    void aStrangerMayAskWhatCanBeDone(String path) throws IOException {
        String answer = ask("OPTIONS", path, HOST, "User-Agent: Microsoft Office Protocol Discovery");
        assertThat(answer).startsWith("HTTP/1.1 204");
        assertThat(fields(answer, "Allow")).containsExactly("GET, HEAD, OPTIONS");
        assertThat(answer).doesNotContain("WWW-Authenticate", "DAV:", "Access-Control-");
        assertThat(ask("OPTIONS", path, HOST, "Authorization: Bearer rf_x")).startsWith("HTTP/1.1 401");
    }

    @ParameterizedTest
    @ValueSource(strings = {"api/me", "api/accounts", "uploads", "uploads/x"})
    void butNotWhereMoreCanBeDoneThanRead(String path) throws IOException {
        assertThat(ask("OPTIONS", path, HOST)).startsWith("HTTP/1.1 401");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "User-Agent: Microsoft Office Existence Discovery",
                "User-Agent: Mozilla/4.0 (compatible; ms-office; MSOffice 16)",
                "User-Agent: Mozilla/4.0 (compatible; MSIE 7.0; Windows NT 10.0; Microsoft Outlook 16.0.5)",
                "User-Agent: Microsoft Office Word 2014",
                "User-Agent: Mozilla/5.0 SkypeUriPreview Preview/0.5",
                "User-Agent: curl/8\r\nSec-Fetch-Mode: navigate",
            })
    void aProgramThatOpensLinksIsLedToTheSignInPage(String fields) throws IOException {
        for (String method : List.of("GET", "HEAD")) {
            String answer = ask(method, "files/x/a.csv", HOST, "Accept: */*", fields);
            assertThat(answer).startsWith("HTTP/1.1 302");
            assertThat(fields(answer, "Location").get(0))
                    .contains("/login?return=")
                    .endsWith("%2Ffiles%2Fx%2Fa.csv");
            assertThat(fields(answer, "WWW-Authenticate")).isEmpty();
        }
        assertThat(ask("GET", "files/x", HOST, "Accept: */*", fields, "Authorization: Bearer rf_x"))
                .startsWith("HTTP/1.1 401");
        assertThat(ask("POST", "api/report-files", HOST, "Content-Length: 0", fields))
                .startsWith("HTTP/1.1 401");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "User-Agent: curl/8.5.0",
                "User-Agent: Wget/1.21",
                "User-Agent: python-requests/2.31",
                "User-Agent: Java-http-client/17",
                "User-Agent: Mozilla/5.0\r\nSec-Fetch-Mode: cors",
                "X-Nothing: none",
            })
    void aScriptIsAskedForCredentials(String fields) throws IOException {
        String answer = ask("GET", "files/x/a.csv", HOST, "Accept: */*", fields);
        assertThat(answer).startsWith("HTTP/1.1 401");
        assertThat(fields(answer, "WWW-Authenticate").get(0)).startsWith("Basic ");
    }

    @ParameterizedTest
    @CsvSource({
        "Sec-Purpose: prefetch;prerender, [prefetch] Preview/1",
        "Purpose: prefetch, [prefetch] Preview/1",
        "Sec-Purpose: other, Preview/1"
    })
    void whatIsFetchedUnaskedSaysSoInTheLedger(String purpose, String recorded) throws IOException {
        String path = "files/" + UUID.randomUUID();
        assertThat(ask("GET", path, HOST, ADMIN, "User-Agent: Preview/1", purpose))
                .startsWith("HTTP/1.1 404");
        assertThat(Api.json(Api.admin().get("api/transfers?outcome=REFUSED&size=50"))
                        .getJsonArray("items")
                        .getValuesAs(JsonObject.class))
                .filteredOn(row -> row.getString("askedFor", "").endsWith(path))
                .extracting(row -> row.getString("userAgent"))
                .containsExactly(recorded);
    }

    @Test
    void aBrowserThatHasSignedInGoesOnFromTheSignInPage() throws IOException {
        String cookie = fields(signIn(), "Set-Cookie").get(0).split(";", 2)[0];
        String path = Deployed.baseUri().getPath() + "files/x/a.csv";
        String page = "login?return=" + URLEncoder.encode(path, UTF_8);
        assertThat(fields(ask("GET", page, HOST, "Cookie: " + cookie), "Location"))
                .containsExactly(path);
        assertThat(ask("GET", page, HOST)).startsWith("HTTP/1.1 200");
        assertThat(ask("GET", "login", HOST, "Cookie: " + cookie)).startsWith("HTTP/1.1 200");
        assertThat(fields(ask("GET", "login?return=//evil.example/", HOST, "Cookie: " + cookie), "Location"))
                .isEmpty();
    }

    private static String signIn() throws IOException {
        String form =
                "name=%s&password=%s".formatted(Deployed.ADMIN, URLEncoder.encode(Deployed.ADMIN_PASSWORD, UTF_8));
        return exchange("POST %slogin HTTP/1.1\r\n%s\r\nConnection: close\r\nContent-Length: %d\r\n%s\r\n\r\n%s"
                .formatted(
                        Deployed.baseUri().getPath(),
                        HOST,
                        form.length(),
                        "Content-Type: application/x-www-form-urlencoded",
                        form));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "WEB-INF",
                "WEB-INF;x",
                "WEB-INF%3Bx",
                "WEB-INF;",
                "%57EB-INF",
                "META-INF",
                "META-INF;x",
                "%4dETA-INF;x",
                "META-INF%3B",
                "WEB-INF/classes",
                "WEB-INF/lib;x",
                "assets",
                "assets/console",
                "console",
                "console;",
                "api",
                "files",
                "",
                ";",
                "login?return=//evil.example/",
                ".//evil.example/"
            })
    void noRedirectLeadsToTheHostThatAClientWrites(String path) throws IOException {
        for (String credentials : List.of("Accept: text/html", ADMIN)) {
            assertThat(fields(ask("GET", path, HOST, credentials), "Location"))
                    .allMatch(location -> location.startsWith("/") && !location.startsWith("//"));
        }
    }

    @Test
    void noneDoesWhereTheApplicationBegins() throws IOException {
        String root = Deployed.baseUri().getPath().replaceFirst("/$", "");
        String answer = exchange(
                "GET %s HTTP/1.1\r\n%s\r\nConnection: close\r\n\r\n".formatted(root.isEmpty() ? "/" : root, HOST));
        assertThat(fields(answer, "Location")).allMatch(location -> location.startsWith("/"));
        assertThat(answer).startsWith(root.isEmpty() ? "HTTP/1.1 401" : "HTTP/1.1 302");
    }

    private static String ask(String method, String path, String... fields) throws IOException {
        return exchange("%s %s%s HTTP/1.1\r\nConnection: close\r\n%s\r\n\r\n"
                .formatted(method, Deployed.baseUri().getPath(), path, String.join("\r\n", fields)));
    }

    /** The answer as it stands; empty where the server breaks the connection. */
    private static String exchange(String request) throws IOException {
        URI base = Deployed.baseUri();
        try (Socket socket = new Socket(base.getHost(), base.getPort())) {
            socket.setSoTimeout(30_000);
            try {
                socket.getOutputStream().write(request.getBytes(ISO_8859_1));
                return new String(socket.getInputStream().readAllBytes(), ISO_8859_1);
            } catch (SocketException refused) {
                return ""; // a head that is too long, the rest of which is on its way
            }
        }
    }

    private static List<String> fields(String answer, String name) {
        String prefix = name.toLowerCase(Locale.ROOT) + ": ";
        return answer.lines()
                .takeWhile(line -> !line.isEmpty())
                .filter(line -> line.toLowerCase(Locale.ROOT).startsWith(prefix))
                .map(line -> line.substring(prefix.length()))
                .toList();
    }
}
