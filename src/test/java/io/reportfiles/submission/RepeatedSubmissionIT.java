package io.reportfiles.submission;

import static io.reportfiles.submission.SubmissionScene.LARGE;
import static io.reportfiles.submission.SubmissionScene.address;
import static io.reportfiles.submission.SubmissionScene.errors;
import static io.reportfiles.submission.SubmissionScene.json;
import static io.reportfiles.submission.SubmissionScene.postForm;
import static io.reportfiles.submission.SubmissionScene.send;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.reportfiles.server.Deployed;
import io.reportfiles.server.OnServer;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Digests that senders announce, and submissions that are sent again. */
@OnServer
class RepeatedSubmissionIT {

    private static final byte[] CONTENT = "1,2,3".getBytes(US_ASCII);

    private final SubmissionScene scene = new SubmissionScene();

    @Nested
    class ADigest {

        @ParameterizedTest
        @ValueSource(strings = {"Repr-Digest", "Content-Digest"})
        void thatFitsIsAccepted(String field) throws Exception {
            assertThat(submit(CONTENT, field, "unixsum=:AAAA:, " + digest(CONTENT))
                            .statusCode())
                    .isEqualTo(201);
        }

        @ParameterizedTest
        @ValueSource(ints = {5, 12 << 20})
        void thatDoesNotFitIsRefusedAndNothingStored(int size) throws Exception {
            byte[] content = new byte[size];
            new Random(size).nextBytes(content);
            HttpResponse<String> answer = submit(content, "Repr-Digest", digest(CONTENT));
            assertRefused(answer, "Repr-Digest");
            assertThat(Deployed.column(
                            "select failure from report_file where organisation_code = ?", scene.organisation))
                    .singleElement()
                    .asString()
                    .contains("SHA-256");
        }

        @Test
        void thatIsNoneIsRefused() throws Exception {
            assertRefused(submit(CONTENT, "Repr-Digest", "sha-256=nonsense"), "Repr-Digest");
        }

        @Test
        void ofAnUnknownAlgorithmMeansNothing() throws Exception {
            assertThat(submit(CONTENT, "Repr-Digest", "sha-512=:AAAA:").statusCode())
                    .isEqualTo(201);
        }

        @Test
        void goesWithTheFileInAForm() throws Exception {
            String right = "form-data; name=\"file\"; filename=\"a.csv\"\r\nRepr-Digest: " + digest(CONTENT);
            assertThat(postForm(scene.form(LARGE).part(right, CONTENT)).statusCode())
                    .isEqualTo(201);
            String hex =
                    json(postForm(scene.form(LARGE).file("a.csv", CONTENT))).getString("sha256");
            assertThat(postForm(scene.form(LARGE).field("sha256", hex).file("a.csv", CONTENT))
                            .statusCode())
                    .isEqualTo(201);
            HttpResponse<String> wrong =
                    postForm(scene.form(LARGE).field("sha256", hex).file("a.csv", new byte[1]));
            assertThat(wrong.statusCode()).as(wrong.body()).isEqualTo(400);
            HttpResponse<String> none =
                    postForm(scene.form(LARGE).field("sha256", "abc").file("a.csv", CONTENT));
            assertThat(none.statusCode()).as(none.body()).isEqualTo(400);
            assertThat(errors(none)).containsOnlyKeys("sha256");
        }

        @Test
        void ofTheRequestCoversAllOfAForm() throws Exception {
            byte[] form = scene.form(LARGE).file("a.csv", CONTENT).bytes();
            assertThat(sendForm(form, digest(CONTENT)).statusCode()).isEqualTo(400);
            scene.assertNothingLeft();
            assertThat(sendForm(form, digest(form)).statusCode()).isEqualTo(201);
        }

        private HttpResponse<String> sendForm(byte[] form, String digest) throws Exception {
            return send(HttpRequest.newBuilder(address(""))
                    .header("Authorization", SubmissionScene.ADMIN)
                    .header("Content-Type", new Form().contentType())
                    .header("Content-Digest", digest)
                    .POST(BodyPublishers.ofByteArray(form)));
        }

        private void assertRefused(HttpResponse<String> answer, String field) throws Exception {
            assertThat(answer.statusCode()).as(answer.body()).isEqualTo(400);
            assertThat(errors(answer)).containsOnlyKeys(field);
            scene.assertNothingLeft();
        }
    }

    @Nested
    class AKey {

        private final String key = "key " + UUID.randomUUID();

        private HttpResponse<String> submit(byte[] content, String... fields) throws Exception {
            String[] all = new String[fields.length + 2];
            all[0] = "Idempotency-Key";
            all[1] = key;
            System.arraycopy(fields, 0, all, 2, fields.length);
            return RepeatedSubmissionIT.this.submit(content, all);
        }

        private void assertFiles(int count) {
            assertThat(scene.states()).filteredOn("AVAILABLE"::equals).hasSize(count);
        }

        private void assertSame(HttpResponse<String> again, HttpResponse<String> first) {
            assertThat(first.statusCode()).as(first.body()).isEqualTo(201);
            assertThat(again.statusCode()).as(again.body()).isEqualTo(201);
            assertThat(again.body()).isEqualTo(first.body());
            for (String field : List.of("Location", "Repr-Digest")) {
                assertThat(again.headers().firstValue(field))
                        .isEqualTo(first.headers().firstValue(field));
            }
        }

        @Test
        void getsTheFirstAnswerAgain() throws Exception {
            HttpResponse<String> first = submit(CONTENT);
            assertSame(submit(CONTENT), first);
            assertSame(submit(CONTENT, "Repr-Digest", digest(CONTENT)), first);
            assertFiles(1);
        }

        @Test
        void withAnotherFileIsAConflict() throws Exception {
            submit(CONTENT);
            for (byte[] other : List.of(new byte[0], new byte[CONTENT.length], new byte[9 << 20])) {
                assertThat(submit(other).statusCode()).isEqualTo(409);
            }
            assertThat(submit(new byte[1], "Repr-Digest", digest(new byte[1])).statusCode())
                    .isEqualTo(409);
            assertFiles(1);
        }

        @Test
        void withOtherFieldsIsAConflict() throws Exception {
            submit(CONTENT);
            HttpResponse<String> other = send(request(scene.query(LARGE, "b.csv"), CONTENT, "Idempotency-Key", key));
            assertThat(other.statusCode()).as(other.body()).isEqualTo(409);
            assertFiles(1);
        }

        @Test
        void ofAFailedSubmissionIsFree() throws Exception {
            assertThat(submit(CONTENT, "Repr-Digest", digest(new byte[1])).statusCode())
                    .isEqualTo(400);
            assertThat(submit(CONTENT).statusCode()).isEqualTo(201);
            assertFiles(1);
        }

        @Test
        void isOnesOwn() throws Exception {
            submit(CONTENT);
            HttpResponse<String> others = send(request(scene.query(LARGE, "a.csv"), CONTENT, "Idempotency-Key", key)
                    .setHeader("Authorization", scene.accountWith("ANALYST")));
            assertThat(others.statusCode()).as(others.body()).isEqualTo(201);
            assertFiles(2);
        }

        @Test
        void makesOneFileOfAnyNumberAtOnce() throws Exception {
            byte[] content = new byte[9 << 20];
            ExecutorService clients = Executors.newFixedThreadPool(8);
            try {
                List<Future<HttpResponse<String>>> answers = new ArrayList<>();
                for (int client = 0; client < 8; client++) {
                    answers.add(clients.submit(() -> submit(content)));
                }
                HttpResponse<String> first = answers.get(0).get();
                for (Future<HttpResponse<String>> answer : answers) {
                    assertSame(answer.get(), first);
                }
            } finally {
                clients.shutdown();
            }
            assertFiles(1);
        }

        @Test
        void ofAnotherFormIsRefused() throws Exception {
            HttpResponse<String> answer = RepeatedSubmissionIT.this.submit(CONTENT, "Idempotency-Key", "k".repeat(256));
            assertThat(answer.statusCode()).as(answer.body()).isEqualTo(400);
            assertThat(errors(answer)).containsOnlyKeys("Idempotency-Key");
            HttpResponse<String> two =
                    RepeatedSubmissionIT.this.submit(CONTENT, "Idempotency-Key", "a", "Idempotency-Key", "b");
            assertThat(two.statusCode()).as(two.body()).isEqualTo(400);
            scene.assertNothingLeft();
        }
    }

    private HttpResponse<String> submit(byte[] content, String... fields) throws Exception {
        return send(request(scene.query(LARGE, "a.csv"), content, fields));
    }

    private static HttpRequest.Builder request(String query, byte[] content, String... fields) {
        return HttpRequest.newBuilder(address(query))
                .header("Authorization", SubmissionScene.ADMIN)
                .headers(fields)
                .POST(BodyPublishers.ofByteArray(content));
    }

    private static String digest(byte[] content) throws Exception {
        return "sha-256=:"
                + Base64.getEncoder()
                        .encodeToString(MessageDigest.getInstance("SHA-256").digest(content))
                + ":";
    }
}
