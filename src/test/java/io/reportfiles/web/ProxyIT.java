package io.reportfiles.web;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.reportfiles.server.Api;
import io.reportfiles.server.Deployed;
import io.reportfiles.server.OnServer;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URLEncoder;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Locale;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a request looks like that came through a reverse proxy: as its client sent it, if the proxy is one of ours. */
@OnServer
@Tag(OnServer.ANY_DATABASE)
class ProxyIT {

    /** Where the client is, as far as the proxy can see. */
    private static final String CLIENT = "127.0.0.3";

    /** Where it says that it is. */
    private static final String PRETENDED = "203.0.113.9";

    private static final String BASIC = "Basic "
            + Base64.getEncoder().encodeToString((Deployed.ADMIN + ":" + Deployed.ADMIN_PASSWORD).getBytes(UTF_8));

    private static Nginx nginx;

    @BeforeAll
    static void start(@TempDir Path directory) throws Exception {
        nginx = Nginx.start(directory);
    }

    @AfterAll
    static void stop() {
        nginx.close();
    }

    @Test
    void answersSayHttps() throws IOException {
        String answer = ask(nginx.believed(), "GET", "api/me", "Authorization: " + BASIC, "");

        assertThat(answer).startsWith("HTTP/1.1 200").containsIgnoringCase("\r\nStrict-Transport-Security: ");
        assertThat(ask(nginx.unbelieved(), "GET", "api/me", "Authorization: " + BASIC, ""))
                .startsWith("HTTP/1.1 200")
                .doesNotContainIgnoringCase("\r\nStrict-Transport-Security: ");
    }

    @Test
    void addressOfWhatWasMadeIsOneThatTheClientCanAskFor() throws IOException {
        String token = "{\"name\":\"%s\"}".formatted(UUID.randomUUID());
        String location = field(
                ask(
                        nginx.believed(),
                        "POST",
                        "api/tokens",
                        "Authorization: " + BASIC + "\r\nContent-Type: application/json",
                        token),
                "Location");

        assertThat(location)
                .startsWith("https://127.0.0.1:%d%sapi/tokens/"
                        .formatted(nginx.believed(), Deployed.baseUri().getPath()));
    }

    @Test
    void cookiesAreForHttpsOnly() throws IOException {
        String flow = ask(nginx.believed(), "GET", "login/oidc", "Accept: text/html", "");
        assertThat(field(flow, "Set-Cookie")).contains("; Secure");
        assertThat(field(flow, "Location"))
                .contains("redirect_uri="
                        + URLEncoder.encode(
                                "https://127.0.0.1:" + nginx.believed()
                                        + Deployed.baseUri().getPath(),
                                UTF_8));
        assertThat(field(ask(nginx.unbelieved(), "GET", "login/oidc", "Accept: text/html", ""), "Set-Cookie"))
                .doesNotContain("; Secure");
        if (Deployed.product() == Deployed.Product.PAYARA) { // elsewhere reportfiles.session.secure-cookie says so
            assertThat(field(signIn(nginx.believed()), "Set-Cookie")).contains("; Secure");
        }
        assertThat(field(signIn(nginx.unbelieved()), "Set-Cookie")).doesNotContain("; Secure");
    }

    @Test
    void auditNamesTheClient() throws IOException {
        signIn(nginx.believed());
        assertThat(lastSignIn()).endsWith(" from " + CLIENT);

        signIn(nginx.unbelieved());
        assertThat(lastSignIn()).as("the proxy, whatever it says").endsWith(" from 127.0.0.1");
    }

    @Test
    void ledgerNamesTheClient() throws IOException {
        for (int port : new int[] {nginx.believed(), nginx.unbelieved()}) {
            String path = "files/" + UUID.randomUUID();
            assertThat(ask(port, "GET", path, "Authorization: " + BASIC, "")).startsWith("HTTP/1.1 404");
            JsonObject row = Api.json(Api.admin().get("api/transfers?outcome=REFUSED&size=20"))
                    .getJsonArray("items")
                    .getValuesAs(JsonObject.class)
                    .stream()
                    .filter(transfer -> transfer.getString("askedFor", "").endsWith(path))
                    .findFirst()
                    .orElseThrow();
            assertThat(row.getString("remoteAddress")).isEqualTo(port == nginx.believed() ? CLIENT : "127.0.0.1");
        }
    }

    @Test
    void clientThatComesDirectlyIsNotBelieved() throws IOException {
        assertThat(ask(Deployed.baseUri().getPort(), "GET", "api/me", "Authorization: " + BASIC, ""))
                .doesNotContainIgnoringCase("\r\nStrict-Transport-Security: ");
    }

    /** Payara answers these by itself, with an empty 200. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET /files/%zz HTTP/1.1\r\nHost: a",
                "GET /files/% HTTP/1.1\r\nHost: a",
                "GET /api/me%4 HTTP/1.1\r\nHost: a",
                "GET /api/me HTTP/1.1\r\nHost:",
                "GET /api/me HTTP/1.1\r\nHost: a\r\nHost: b",
                "GET /api/me HTTP/1.1\r\nHost: a/b",
                "GET /api/me HTTP/1.1",
            })
    void whatIsMalformedEndsAtTheProxy(String head) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), nginx.believed())) {
            socket.setSoTimeout(60_000);
            socket.getOutputStream().write((head + "\r\nConnection: close\r\n\r\n").getBytes(ISO_8859_1));
            assertThat(new String(socket.getInputStream().readAllBytes(), ISO_8859_1))
                    .startsWith("HTTP/1.1 400");
        }
    }

    private static String lastSignIn() {
        return Api.items(Api.admin().get("api/audit?action=SIGNED_IN&size=1"), "detail")
                .get(0);
    }

    private static String signIn(int port) throws IOException {
        String form =
                "name=%s&password=%s".formatted(Deployed.ADMIN, URLEncoder.encode(Deployed.ADMIN_PASSWORD, UTF_8));
        return ask(port, "POST", "login", "Content-Type: application/x-www-form-urlencoded", form);
    }

    /** Asks from the address of the client, which lies about it; the answer as it stands. */
    private static String ask(int port, String method, String path, String headers, String body) throws IOException {
        try (Socket socket = new Socket()) {
            socket.setSoTimeout(60_000);
            socket.bind(new InetSocketAddress(InetAddress.getByAddress(new byte[] {127, 0, 0, 3}), 0));
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            socket.getOutputStream()
                    .write(
                            "%s %s%s HTTP/1.1\r\nHost: 127.0.0.1:%d\r\nConnection: close\r\nX-Forwarded-For: %s\r\nX-Forwarded-Proto: https\r\nContent-Length: %d\r\n%s\r\n\r\n%s"
                                    .formatted(
                                            method,
                                            Deployed.baseUri().getPath(),
                                            path,
                                            port,
                                            PRETENDED,
                                            body.length(),
                                            headers,
                                            body)
                                    .getBytes(ISO_8859_1));
            return new String(socket.getInputStream().readAllBytes(), ISO_8859_1);
        }
    }

    private static String field(String answer, String name) {
        return answer.lines()
                .takeWhile(line -> !line.isEmpty())
                .filter(line -> line.toLowerCase(Locale.ROOT).startsWith(name.toLowerCase(Locale.ROOT) + ": "))
                .map(line -> line.substring(name.length() + 2))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no " + name + " in " + answer));
    }
}
