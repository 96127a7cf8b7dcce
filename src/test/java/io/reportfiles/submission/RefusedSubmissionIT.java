package io.reportfiles.submission;

import static io.reportfiles.submission.SubmissionScene.LARGE;
import static io.reportfiles.submission.SubmissionScene.SMALL;
import static io.reportfiles.submission.SubmissionScene.SMALL_BYTES;
import static io.reportfiles.submission.SubmissionScene.address;
import static io.reportfiles.submission.SubmissionScene.errors;
import static io.reportfiles.submission.SubmissionScene.json;
import static io.reportfiles.submission.SubmissionScene.post;
import static io.reportfiles.submission.SubmissionScene.postForm;
import static io.reportfiles.submission.SubmissionScene.postRaw;
import static io.reportfiles.submission.SubmissionScene.send;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.reportfiles.server.OnServer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What {@code POST /api/report-files} does with bad input: it says what is wrong, and keeps nothing. */
@OnServer
@Tag(OnServer.ANY_DATABASE)
class RefusedSubmissionIT {

    /** Every answer to a submission that was begun has it; an answer without it says that nothing was begun. */
    private static final String KEY = "Idempotency-Key";

    private static final byte[] CONTENT = "1,2,3".getBytes(US_ASCII);

    private final SubmissionScene scene = new SubmissionScene();

    @AfterEach
    void nothingIsLeft() throws Exception {
        scene.assertNothingLeft();
    }

    @ParameterizedTest
    @CsvSource({
        "organisation=[^&]*, '', organisation",
        "organisation=[^&]*, organisation=, organisation",
        "organisation=[^&]*, organisation=NOBODY, organisation",
        "organisation=[^&]*, organisation=%01, organisation",
        "year=[^&]*, '', year",
        "year=[^&]*, year=1989, year",
        "year=[^&]*, year=2100, year",
        "year=[^&]*, year=later, year",
        "quarter=[^&]*, '', quarter",
        "quarter=[^&]*, quarter=Q5, quarter",
        "section=[^&]*, '', section",
        "section=[^&]*, section=unknown, section",
        "filename=[^&]*, '', filename",
        "filename=[^&]*, filename=a.exe, filename",
        "filename=[^&]*, filename=a, filename",
        "filename=[^&]*, filename=a.csv&filename=b.csv, filename",
    })
    void wrongParameterIsNamed(String pattern, String replacement, String field) throws Exception {
        String query = scene.query(LARGE, "a.csv").replaceAll(pattern, replacement);
        HttpResponse<String> answer = postRaw(query, BodyPublishers.ofByteArray(CONTENT));
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(400);
        assertThat(errors(answer)).containsOnlyKeys(field);
        assertThat(answer.headers().firstValue(KEY)).isPresent();
    }

    @Test
    void refusalAtTheDoorNamesNoKey() throws Exception {
        HttpResponse<String> answer = send(HttpRequest.newBuilder(address(scene.query(LARGE, "a.csv")))
                .header("Content-Type", "text/csv")
                .header(KEY, "of a stranger")
                .POST(BodyPublishers.ofByteArray(CONTENT)));
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(401);
        assertThat(answer.headers().firstValue(KEY)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"%FF", "%C3.csv", "%ED%A0%80.csv", "%C0%AF.csv", "%00.csv"})
    void parameterThatIsNoTextIsRefused(String value) throws Exception {
        HttpResponse<String> answer = postRaw(scene.query(LARGE, value), BodyPublishers.ofByteArray(CONTENT));
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(400);
    }

    @Test
    void everythingWrongIsToldAtOnce() throws Exception {
        HttpResponse<String> answer = postRaw("year=1&quarter=9&filename=..", BodyPublishers.ofByteArray(CONTENT));
        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(errors(answer)).containsOnlyKeys("organisation", "year", "quarter", "section", "filename");
    }

    static List<String> hostileNames() {
        return List.of(
                "../../etc/passwd.csv",
                "..\\a.csv",
                "/a.csv",
                "a/b.csv",
                "C:\\data\\",
                "a\u0001.csv",
                "a\u007F.csv",
                "a\r\nSet-Cookie: b.csv",
                "a".repeat(5_000) + ".csv",
                "report\u202Evsc.csv",
                "report\u2066vsc.csv",
                "...",
                ".",
                "a.csv.",
                "a.csv ");
    }

    @ParameterizedTest
    @MethodSource("hostileNames")
    void hostileFileNameIsRefused(String name) throws Exception {
        String query = scene.query(LARGE, URLEncoder.encode(name, UTF_8));
        HttpResponse<String> raw = postRaw(query, BodyPublishers.ofByteArray(CONTENT));
        assertThat(raw.statusCode()).as(raw.body()).isEqualTo(400);
        assertThat(errors(raw)).containsOnlyKeys("filename");

        String escaped = URLEncoder.encode(name, UTF_8).replace("+", "%20");
        String disposition = "form-data; name=\"file\"; filename*=UTF-8''" + escaped;
        HttpResponse<String> form = postForm(scene.form(LARGE).part(disposition, CONTENT));
        assertThat(form.statusCode()).as(form.body()).isEqualTo(400);
        assertThat(errors(form)).containsOnlyKeys("file");
    }

    @Nested
    class InAForm {

        @Test
        void missingFieldsAreNamed() throws Exception {
            assertRefused(new Form().file("a.csv", CONTENT), "organisation", "year", "quarter", "section");
        }

        @Test
        void fieldAfterTheFileIsRefused() throws Exception {
            assertRefused(scene.form(LARGE).file("a.csv", CONTENT).field("year", "2025"), "year");
        }

        @Test
        void fileBeforeTheFieldsIsRefused() throws Exception {
            Form form = new Form().file("a.csv", CONTENT).field("organisation", scene.organisation);
            assertRefused(form, "organisation", "year", "quarter", "section");
        }

        @Test
        void noFileIsRefused() throws Exception {
            assertRefused(scene.form(LARGE), "file");
            assertRefused(new Form(), "file", "organisation", "year", "quarter", "section");
        }

        @Test
        void noFileChosenInABrowserIsRefused() throws Exception {
            assertRefused(scene.form(LARGE).file("", new byte[0]), "file");
        }

        @Test
        void twoFilesAreRefused() throws Exception {
            assertRefused(scene.form(LARGE).file("a.csv", CONTENT).file("b.csv", CONTENT), "file");
        }

        @Test
        void fileUnderAnotherNameIsRefused() throws Exception {
            String disposition = "form-data; name=\"upload\"; filename=\"a.csv\"";
            assertRefused(scene.form(LARGE).part(disposition, CONTENT), "file");
        }

        @Test
        void fieldThatIsNotUtf8IsRefused() throws Exception {
            Form form = new Form().part("form-data; name=\"organisation\"", "\u00FF".getBytes(ISO_8859_1));
            assertRefused(form.file("a.csv", CONTENT), "organisation");
        }

        @Test
        void partThatIsNoPartIsRefused() throws Exception {
            assertRefused(scene.form(LARGE).part("attachment; filename=\"a.csv\"", CONTENT), "file");
            assertRefused(scene.form(LARGE).text("--" + Form.BOUNDARY + "garbage\r\n"), "file");
        }

        @Test
        void tenThousandPartsAreRefused() throws Exception {
            Form form = scene.form(LARGE);
            for (int part = 0; part < 10_000; part++) {
                form.field("field" + part, "x");
            }
            assertRefused(form.file("a.csv", CONTENT), "file");
        }

        @Test
        void headOfAMebibyteIsRefused() throws Exception {
            String disposition = "form-data; name=\"file\"; filename=\"a.csv\"\r\nX-Long: " + "x".repeat(1 << 20);
            assertRefused(scene.form(LARGE).part(disposition, CONTENT), "file");
        }

        @Test
        void formThatNoSectionTakesIsRefusedBeforeItIsSent() throws Exception {
            try (RawClient client = RawClient.connect()) {
                client.head(
                        "",
                        "Expect: 100-continue",
                        "Content-Type: " + new Form().contentType(),
                        "Content-Length: " + (1L << 50));
                assertThat(client.statusWithoutBody()).isEqualTo(413);
            }
        }

        @Test
        void formOfWhoMayNotSubmitIsRefusedBeforeItIsSent() throws Exception {
            try (RawClient client = RawClient.connect()) {
                client.headAs(
                        scene.accountWith("READER"),
                        "",
                        "Expect: 100-continue",
                        "Content-Type: " + new Form().contentType(),
                        "Content-Length: 1000");
                assertThat(client.statusWithoutBody()).isEqualTo(403);
            }
        }

        @Test
        void fieldThatWouldFillTheMemoryIsRefused() throws Exception {
            assertRefused(
                    new Form().field("organisation", "x".repeat(10_000_000)).file("a.csv", CONTENT), "file");
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "multipart/form-data",
                    "multipart/form-data; boundary=",
                    "multipart/form-data; boundary=\"\"",
                    "multipart/form-data; boundary=other",
                    "multipart/form-data; boundary=\"never ends",
                })
        void wrongBoundaryIsRefused(String contentType) throws Exception {
            byte[] body = scene.form(LARGE).file("a.csv", CONTENT).bytes();
            HttpResponse<String> answer = post("", contentType, BodyPublishers.ofByteArray(body));
            assertThat(answer.statusCode()).as(answer.body()).isEqualTo(400);
        }

        private void assertRefused(Form form, String... fields) throws Exception {
            HttpResponse<String> answer = postForm(form);
            assertThat(answer.statusCode()).as(answer.body()).isEqualTo(400);
            assertThat(answer.headers().firstValue("Content-Type")).contains("application/problem+json");
            assertThat(answer.headers().firstValue(KEY)).isPresent();
            assertThat(errors(answer)).containsOnlyKeys(fields);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"application/x-www-form-urlencoded", "multipart/mixed; boundary=b", "Multipart/Related"})
    void otherContentTypeIsRefused(String contentType) throws Exception {
        HttpResponse<String> answer =
                post(scene.query(LARGE, "a.csv"), contentType, BodyPublishers.ofByteArray(CONTENT));
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(415);
        assertThat(json(answer).getString("detail")).contains("multipart/form-data");
    }

    @Test
    void encodedBodyIsRefused() throws Exception {
        HttpResponse<String> answer =
                SubmissionScene.send(HttpRequest.newBuilder(SubmissionScene.address(scene.query(LARGE, "a.csv")))
                        .header("Authorization", SubmissionScene.ADMIN)
                        .header("Content-Encoding", "gzip")
                        .POST(BodyPublishers.ofByteArray(CONTENT)));
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(415);
    }

    @Test
    void accountWithAsManySubmissionsAsItMayHasToWait() throws Exception {
        String analyst = scene.accountWith("ANALYST");
        List<RawClient> clients = new ArrayList<>();
        try {
            for (int client = 0; client < 20; client++) { // as the tests are configured
                clients.add(RawClient.connect());
                clients.get(client).headAs(analyst, scene.query(LARGE, "a.csv"), "Content-Length: 10");
            }
            SubmissionScene.await(() -> scene.states().size() == 20);
            HttpResponse<String> further =
                    SubmissionScene.send(HttpRequest.newBuilder(SubmissionScene.address(scene.query(LARGE, "a.csv")))
                            .header("Authorization", analyst)
                            .POST(BodyPublishers.ofByteArray(CONTENT)));
            assertThat(further.statusCode()).as(further.body()).isEqualTo(429);
            assertThat(further.headers().firstValue("Retry-After")).isPresent();
        } finally {
            for (RawClient client : clients) {
                client.close();
            }
        }
    }

    @Nested
    class TooLarge {

        private final byte[] tooLarge = new byte[SMALL_BYTES + 1];

        @Test
        void rawBodyIsRefused() throws Exception {
            assertTooLarge(postRaw(scene.query(SMALL, "a.csv"), BodyPublishers.ofByteArray(tooLarge)));
            assertThat(scene.states()).isEmpty(); // its announced length was enough
        }

        @Test
        void bodyWithoutLengthIsRefusedAtTheByte() throws Exception {
            assertTooLarge(postRaw(
                    scene.query(SMALL, "a.csv"),
                    BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(tooLarge))));
            assertThat(scene.states()).containsExactly("FAILED");
        }

        @Test
        void formIsRefused() throws Exception {
            assertTooLarge(postForm(scene.form(SMALL).file("a.csv", tooLarge)));
            assertTooLarge(postForm(scene.form(SMALL).file("a.csv", new byte[8 * SMALL_BYTES])));
        }

        @Test
        void clientThatGoesOnSendingStillSeesTheAnswer() throws Exception {
            try (RawClient client = RawClient.connect()) {
                client.head(scene.query(SMALL, "a.csv"), "Content-Length: 5000000000");
                client.send(new byte[100 << 20]); // more than any socket holds
                assertThat(client.status()).isEqualTo(413);
                assertThat(client.headers()).containsIgnoringCase("Connection: close");
            }
        }

        @Test
        void clientThatNeverStopsIsCutOff() throws Exception {
            try (RawClient client = RawClient.connect()) {
                client.head(scene.query(SMALL, "a.csv"), "Transfer-Encoding: chunked");
                Instant start = Instant.now();
                assertThatExceptionOfType(IOException.class).isThrownBy(() -> {
                    while (Instant.now().isBefore(start.plusSeconds(60))) {
                        client.chunk(new byte[1 << 20]);
                    }
                });
                assertThat(Instant.now()).isBefore(start.plusSeconds(40));
            }
        }

        private void assertTooLarge(HttpResponse<String> answer) {
            assertThat(answer.statusCode()).as(answer.body()).isEqualTo(413);
            assertThat(json(answer).getString("detail")).contains("1,048,576");
        }
    }
}
