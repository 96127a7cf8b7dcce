package io.reportfiles.web;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.reportfiles.server.Deployed;
import io.reportfiles.server.OnServer;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.util.Base64;
import java.util.Locale;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a client gets for requests that can't be answered as asked, written byte by byte: no library would send some. */
@OnServer
@Tag(OnServer.ANY_DATABASE)
class ProblemIT {

    private static final String ADMIN = "Authorization: Basic "
            + Base64.getEncoder().encodeToString((Deployed.ADMIN + ":" + Deployed.ADMIN_PASSWORD).getBytes(UTF_8));

    @ParameterizedTest
    @CsvSource({
        "GET, /nothing, 404, not-found",
        "GET, /api/nothing, 404, not-found",
        "GET, /api/report-files/x, 404, not-found",
        "GET, /error, 404, not-found",
        "DELETE, /api/report-files, 405, method-not-allowed",
        "FOO, /api/me, 501, not-implemented",
        "GET, /api/report-files?page=0, 400, invalid-input",
        "GET, /api/report-files?q=%ff, 400, invalid-input",
        "GET, /api/report-files?q=%00, 400, invalid-input",
    })
    void refusalIsAProblemDocument(String method, String target, int status, String type) throws IOException {
        Answer answer = send(method, target, ADMIN, "Accept: */*");
        assertThat(answer.status()).isEqualTo(status);
        assertThat(answer.head()).contains("content-type: application/problem+json", "cache-control: no-store");
        assertThat(answer.body())
                .contains("\"type\":\"urn:report-files:problem:" + type + "\"", "\"status\":" + status)
                .contains("\"instance\":\"urn:uuid:");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/api/report-files?q=%zz",
                "/api/report-files?q=%",
                "/files/%zz",
                "/files/%00",
                "/files/%ff",
                "/files/\u00ff",
                "/files/..%2f..%2fx",
                "/files/a%5cb",
                "/../../etc/passwd",
                "/files/;x=y",
                "/a b",
                "/WEB-INF/web.xml",
                "//"
            })
    void noTargetMakesAServerError(String target) throws IOException {
        Answer answer = send("GET", target, ADMIN, "Accept: */*");
        // 505 is what Payara makes of a space: the rest of the line is no version it knows.
        assertThat(answer.status())
                .satisfiesAnyOf(
                        status -> assertThat(status).isBetween(200, 499),
                        status -> assertThat(status).isEqualTo(505));
        assertThat(answer.body()).doesNotContain("at io.", "Exception");
    }

    @Test
    void longQueryIsRefused() throws IOException {
        Answer answer = send("GET", "/api/report-files?q=" + "a".repeat(20_000), ADMIN);
        assertThat(answer.status()).isIn(400, 414, 431);
    }

    @ParameterizedTest
    @ValueSource(strings = {"{", "[1]", "null", "", "\"\"", "{\"code\":7}", "{\"code\":\"\u0000\"}"})
    void brokenJsonIsTheClientsFault(String body) throws IOException {
        Answer answer = post("/api/organisations", body, ADMIN, "Content-Type: application/json");
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.head()).contains("content-type: application/problem+json");
    }

    @Test
    void otherMediaTypesAreNotTaken() throws IOException {
        assertThat(post("/api/organisations", "a=b", ADMIN, "Content-Type: application/x-www-form-urlencoded")
                        .status())
                .isEqualTo(415);
    }

    @Nested
    class Browser {

        @Test
        void getsAPage() throws IOException {
            Answer answer = send("GET", "/nothing/<script>", ADMIN, "Accept: text/html,*/*;q=0.8");
            assertThat(answer.status()).isIn(400, 404);
            assertThat(answer.body()).doesNotContain("<script>");
            Answer plain = send("GET", "/nothing", ADMIN, "Accept: text/html,*/*;q=0.8");
            assertThat(plain.head()).contains("content-type: text/html;charset=utf-8");
            assertThat(plain.body()).contains("<h1>Not found</h1>", "/assets/report-files.css");
        }

        @Test
        void isSentToTheSignInAndComesBack() throws IOException {
            Answer answer = send("GET", "/files/1/a.csv?x=1", "Accept: text/html,*/*;q=0.8");
            assertThat(answer.status()).isEqualTo(302);
            assertThat(answer.head()).contains("location: /login?return=%2ffiles%2f1%2fa.csv%3fx%3d1");
        }

        @Test
        void rootLeadsToTheConsole() throws IOException {
            assertThat(send("GET", "/", ADMIN, "Accept: text/html").head()).contains("location: /console/");
        }
    }

    @Nested
    class EveryAnswer {

        @ParameterizedTest
        @ValueSource(strings = {"/console/", "/nothing", "/api/me", "/assets/report-files.css", "/login"})
        void forbidsWhatABrowserNeedNotDo(String target) throws IOException {
            assertThat(send("GET", target, ADMIN).head())
                    .contains(
                            "x-content-type-options: nosniff", "x-frame-options: deny", "referrer-policy: same-origin")
                    .contains("content-security-policy: default-src 'none'; script-src 'self'; style-src 'self';")
                    .doesNotContain("unsafe-");
        }

        @ParameterizedTest
        @ValueSource(strings = {"/api/me", "/api/report-files", "/api/accounts", "/api/audit", "/api/nothing"})
        void isNotKeptByACacheWhereItIsData(String target) throws IOException {
            assertThat(send("GET", target, ADMIN).head()).contains("cache-control: no-store");
        }

        @ParameterizedTest
        @ValueSource(strings = {"https://elsewhere.example", "null"})
        void isForNoOtherOrigin(String origin) throws IOException {
            assertThat(send("GET", "/api/me", ADMIN, "Origin: " + origin).head())
                    .doesNotContain("access-control-allow");
            assertThat(send("OPTIONS", "/api/me", ADMIN, "Origin: " + origin, "Access-Control-Request-Method: PUT")
                            .head())
                    .doesNotContain("access-control-allow");
        }

        @Test
        void bearsTheIdThatAProxyBrought() throws IOException {
            Answer answer = send("GET", "/nothing", ADMIN, "X-Request-Id: lb-7.4711-x");
            assertThat(answer.head()).contains("x-request-id: lb-7.4711-x");
            assertThat(answer.body()).contains("urn:report-files:request:lb-7.4711-x");
        }

        @Test
        void bearsAnIdOfItsOwnInsteadOfANonsensicalOne() throws IOException {
            assertThat(send("GET", "/nothing", ADMIN, "X-Request-Id: <script>").head())
                    .containsPattern("x-request-id: [0-9a-f-]{36}");
        }
    }

    /**
     * What came back.
     *
     * @param head status line and fields, in lower case
     */
    private record Answer(int status, String head, String body) {}

    private static Answer send(String method, String target, String... fields) throws IOException {
        return exchange(method, target, "", fields);
    }

    private static Answer post(String target, String body, String... fields) throws IOException {
        return exchange("POST", target, body, fields);
    }

    private static Answer exchange(String method, String target, String body, String... fields) throws IOException {
        URI base = Deployed.baseUri();
        try (Socket socket = new Socket(base.getHost(), base.getPort())) {
            socket.setSoTimeout(30_000);
            String request =
                    "%s %s HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n%s\r\nContent-Length: %d\r\n\r\n%s"
                            .formatted(method, target, String.join("\r\n", fields), body.length(), body);
            socket.getOutputStream().write(request.getBytes(ISO_8859_1));
            String answer = new String(socket.getInputStream().readAllBytes(), ISO_8859_1);
            String[] parts = answer.split("\r\n\r\n", 2);
            assertThat(parts[0]).as("answer to %s", target).startsWith("HTTP/1.1 ");
            return new Answer(
                    Integer.parseInt(parts[0].substring(9, 12)),
                    parts[0].toLowerCase(Locale.ROOT).replace("; charset", ";charset"),
                    parts[1]);
        }
    }
}
