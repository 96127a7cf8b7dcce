package io.reportfiles.web;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.reportfiles.server.Api;
import io.reportfiles.server.Deployed;
import io.reportfiles.server.OnServer;
import java.io.IOException;
import java.io.InputStream;
import java.io.RandomAccessFile;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Bodies that come slowly, never, or in no good form, and what others notice of them: nothing. */
@OnServer
@Tag(OnServer.ANY_DATABASE)
class ShortBodyIT {

    private static final int CROWD = 300; // more than the server has threads for requests
    /** An account of its own, since each has a limit of requests. */
    private static final String NAME = "short-" + UUID.randomUUID();

    private static final String ADMIN = "Authorization: Basic "
            + Base64.getEncoder().encodeToString((NAME + ":correct horse of " + NAME).getBytes(UTF_8))
            + "\r\n";
    private static final String FORM = "Content-Type: application/x-www-form-urlencoded\r\n";
    private static final String JSON = "Content-Type: application/json\r\n";

    @BeforeAll
    static void createAccount() {
        Api.admin().create("api/accounts", """
                {"name": "%1$s", "displayName": "%1$s", "password": "correct horse of %1$s", "roles": ["ADMINISTRATOR"]}""".formatted(NAME));
    }

    @Test
    void strangersWhoSendTheSignInFormSlowlyHoldNobodyUp() throws Exception {
        assertHoldsNobodyUp("POST", "login", FORM + "Content-Length: 100\r\n", "name=a");
    }

    @Test
    void accountsThatSendJsonSlowlyHoldNobodyUp() throws Exception {
        assertHoldsNobodyUp("POST", "api/regions", ADMIN + JSON + "Content-Length: 100\r\n", "{");
    }

    @Test
    void chunksThatNeverComeHoldNobodyUp() throws Exception {
        assertHoldsNobodyUp("PUT", "api/me/password", ADMIN + JSON + "Transfer-Encoding: chunked\r\n", "1\r\n{\r\n");
    }

    @Test
    void refusedSubmissionsThatFallSilentHoldNobodyUp() throws Exception {
        assertHoldsNobodyUp(
                "POST",
                "api/report-files?organisation=none&year=2026&quarter=Q3&section=none&filename=x.txt",
                ADMIN + "Content-Type: text/plain\r\nContent-Length: 100000000\r\n",
                "x");
    }

    @Test
    void submissionsThatComeSlowlyHoldNobodyUp() throws Exception {
        String code = "S" + UUID.randomUUID().toString().substring(0, 8);
        Api.admin().create("api/organisations", """
                {"code": "%1$s", "name": "%1$s", "type": "state"}""".formatted(code));
        Api.admin().create("api/sections", """
                {"code": "%1$s", "title": "%1$s", "extensions": ["txt"], "maxBytes": 100000000}""".formatted(code));
        assertHoldsNobodyUp(
                "POST",
                "api/report-files?organisation=%1$s&year=2026&quarter=Q3&section=%1$s&filename=x.txt".formatted(code),
                ADMIN + "Content-Type: text/plain\r\nContent-Length: 100000000\r\n",
                "x");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "POST login application/x-www-form-urlencoded 100 name=a",
                "POST login application/x-www-form-urlencoded 19 name=none&password=",
                "POST api/regions application/json 100 {",
                "POST api/regions application/json 2 {}",
                "PUT api/me/password application/json 2 []",
                "GET login - 0 ",
                "GET api/me - 0 ",
                "GET files/nothing - 0 ",
                "GET api/report-files?size=200 - 0 ",
                "GET api/audit?size=200 - 0 ",
                "GET api/transfers?format=csv - 0 "
            })
    void clientsThatLeaveLeaveNothingInTheLog(String request) throws Exception {
        String[] parts = request.split(" ", 5);
        Api.anonymously("health/live");
        long before = Files.size(Deployed.serverLog());
        for (int i = 0; i < 20; i++) {
            Socket socket = begin(
                    parts[0],
                    parts[1],
                    (parts[1].equals("login") ? "" : ADMIN)
                            + (parts[2].equals("-")
                                    ? ""
                                    : "Content-Type: %s\r\nContent-Length: %s\r\n".formatted(parts[2], parts[3])),
                    parts[4]);
            Thread.sleep(i % 4);
            socket.setSoLinger(true, 0); // a reset
            socket.close();
        }
        Thread.sleep(1500);
        try (RandomAccessFile log = new RandomAccessFile(Deployed.serverLog().toFile(), "r")) {
            byte[] grown = new byte[(int) (log.length() - before)];
            log.seek(before);
            log.readFully(grown);
            assertThat(new String(grown, UTF_8)).doesNotContain("Exception").hasSizeLessThan(2000);
        }
    }

    private static void assertHoldsNobodyUp(String method, String path, String fields, String begun) throws Exception {
        Api reader = Api.admin().accountWith("ADMINISTRATOR", "", "");
        reader.get("api/me");
        List<Socket> crowd = new ArrayList<>();
        try {
            for (int i = 0; i < CROWD; i++) {
                crowd.add(begin(method, path, fields, begun));
            }
            List<Long> times = new ArrayList<>();
            for (int i = 0; i < 40; i++) {
                long start = System.nanoTime();
                assertThat(Api.anonymously("health/live").statusCode()).isEqualTo(200);
                assertThat(reader.get("api/me").statusCode()).isEqualTo(200);
                times.add(System.nanoTime() - start);
            }
            times.sort(null);
            // Not a measure of speed: with all threads held an answer takes until somebody is given up, which is 10 s.
            assertThat(Duration.ofNanos(times.get(times.size() - 1))).isLessThan(Duration.ofSeconds(5));
        } finally {
            for (Socket socket : crowd) {
                socket.close();
            }
        }
    }

    @Test
    void bodyThatDoesNotComeIsAnswered408() throws Exception {
        try (Socket socket = begin("POST", "login", FORM + "Content-Length: 100\r\n", "name=a")) {
            assertThat(answer(socket)).startsWith("HTTP/1.1 408").contains("urn:report-files:problem:request-timeout");
        }
        try (Socket socket =
                begin("POST", "api/regions", ADMIN + JSON + "Transfer-Encoding: chunked\r\n", "1\r\n{\r\n")) {
            assertThat(answer(socket)).startsWith("HTTP/1.1 408").contains("urn:report-files:problem:request-timeout");
        }
    }

    @Test
    void bodyThatComesInPiecesIsRead() throws Exception {
        String json = "{\"nothing\": \"known\"}";
        try (Socket socket =
                begin("POST", "api/regions", ADMIN + JSON + "Content-Length: %d\r\n".formatted(json.length()), "")) {
            for (int i = 0; i < json.length(); i++) {
                socket.getOutputStream().write(json.charAt(i));
                socket.getOutputStream().flush();
                Thread.sleep(20);
            }
            assertThat(answer(socket)).startsWith("HTTP/1.1 400").contains("\"field\":\"name\"");
        }
    }

    /** The dispatch must not overtake the thread that began it: bodies that come just behind their heads. */
    @Test
    void bodiesThatComeJustBehindTheirHeadsAreRead() throws Exception {
        String json = "{\"nothing\": \"known\"}";
        for (int i = 0; i < 200; i++) {
            try (Socket socket = begin(
                    "POST", "api/regions", ADMIN + JSON + "Content-Length: %d\r\n".formatted(json.length()), "")) {
                Thread.sleep(0, (i % 20) * 100_000 % 999_999);
                socket.getOutputStream().write(json.getBytes(ISO_8859_1));
                assertThat(answer(socket)).startsWith("HTTP/1.1 400").contains("\"field\":\"name\"");
            }
        }
    }

    @Test
    void bodyThatIsTooLongIsAnswered413() throws Exception {
        try (Socket socket = begin("POST", "login", FORM + "Content-Length: 65537\r\n", "name=a")) {
            assertThat(answer(socket)).startsWith("HTTP/1.1 413");
        }
        String chunk = "8000\r\n" + " ".repeat(0x8000) + "\r\n";
        try (Socket socket = begin("POST", "api/regions", ADMIN + JSON + "Transfer-Encoding: chunked\r\n", chunk)) {
            socket.getOutputStream().write((chunk + chunk).getBytes(ISO_8859_1));
            assertThat(answer(socket)).startsWith("HTTP/1.1 413");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"a\":{", "{\"a\":[", "{\"a\":[{\"b\":", "{", "[", "nonsense", "{\"name\":1e999999999}"})
    void jsonThatEndsInTheMiddleIsAnswered400(String json) {
        assertThat(Api.admin().post("api/regions", json).statusCode()).isEqualTo(400);
        assertThat(Api.admin().put("api/me/password", json).statusCode()).isEqualTo(400);
        assertThat(Api.admin().post("api/tokens", json).statusCode()).isEqualTo(400);
    }

    @Test
    void credentialsInTheQueryOfTheSignInPageAreNotTaken() throws Exception {
        String query = "login?name=%s&password=%s".formatted(Deployed.ADMIN, Deployed.ADMIN_PASSWORD);
        try (Socket socket = begin("POST", query, FORM + "Content-Length: 10\r\n", "return=%2F")) {
            assertThat(answer(socket)).startsWith("HTTP/1.1 403").doesNotContain("Set-Cookie");
        }
    }

    private static Socket begin(String method, String path, String fields, String body) throws IOException {
        URI address = Deployed.baseUri();
        Socket socket = new Socket();
        socket.connect(new InetSocketAddress(address.getHost(), address.getPort()), 10_000);
        socket.setSoTimeout(30_000);
        String request = "%s %s%s HTTP/1.1\r\nHost: %s\r\n%s\r\n%s"
                .formatted(method, address.getPath(), path, address.getAuthority(), fields, body);
        socket.getOutputStream().write(request.getBytes(ISO_8859_1));
        return socket;
    }

    /** The head and the body of the one answer, as far as they came at once. */
    private static String answer(Socket socket) throws IOException {
        InputStream in = socket.getInputStream();
        StringBuilder text = new StringBuilder();
        byte[] buffer = new byte[4096];
        int end;
        do {
            int count = in.read(buffer);
            if (count < 0) {
                break;
            }
            text.append(new String(buffer, 0, count, ISO_8859_1));
            end = text.indexOf("\r\n\r\n");
        } while (end < 0 || text.length() < end + 4 + length(text.substring(0, end)));
        return text.toString();
    }

    private static int length(String head) {
        return head.lines()
                .filter(line -> line.regionMatches(true, 0, "Content-Length:", 0, 15))
                .map(line -> Integer.parseInt(line.substring(15).strip()))
                .findFirst()
                .orElse(0);
    }
}
