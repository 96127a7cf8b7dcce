package io.reportfiles.submission;

import static io.reportfiles.submission.SubmissionScene.LARGE;
import static io.reportfiles.submission.SubmissionScene.await;
import static io.reportfiles.submission.SubmissionScene.json;
import static io.reportfiles.submission.SubmissionScene.postForm;
import static io.reportfiles.submission.SubmissionScene.postRaw;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.reportfiles.dev.FaultProxy.Fault;
import io.reportfiles.dev.FaultProxy.Loss;
import io.reportfiles.server.Api;
import io.reportfiles.server.Deployed;
import io.reportfiles.server.OnServer;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.sql.Connection;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;

/** What becomes of submissions that break off: client, store or node gone. */
@OnServer
@Tag(OnServer.ANY_DATABASE)
class BrokenSubmissionIT {

    private final SubmissionScene scene = new SubmissionScene();

    @Nested
    class CutOffByTheClient {

        @AfterEach
        void nothingIsLeft() throws Exception {
            scene.assertNothingLeft();
            assertThat(scene.states()).containsExactly("FAILED");
        }

        @ParameterizedTest
        @ValueSource(ints = {0, 1, 100_000, 12 << 20})
        void bodyShorterThanAnnounced(int sent) throws Exception {
            try (RawClient client = RawClient.connect()) {
                client.head(scene.query(LARGE, "a.csv"), "Content-Length: " + (sent + 1));
                client.send(new byte[sent]);
                awaitReservation();
            }
        }

        @Test
        void connectionReset() throws Exception {
            try (RawClient client = RawClient.connect()) {
                client.head(scene.query(LARGE, "a.csv"), "Content-Length: 20000000");
                client.send(new byte[10 << 20]);
                awaitReservation();
                client.reset();
            }
        }

        @Test
        void endedByAnAdministrator() throws Exception {
            try (RawClient client = RawClient.connect()) {
                client.head(scene.query(LARGE, "a.csv"), "Content-Length: 1000000");
                client.send(new byte[100_000]);
                awaitReservation();
                await(() -> Api.admin().endUpload(scene.ids().get(0)) == 204);
                client.send(new byte[1]);
                assertThat(client.status()).isEqualTo(409);
            }
        }

        @Test
        void chunkThatNeverEnds() throws Exception {
            try (RawClient client = RawClient.connect()) {
                client.head(scene.query(LARGE, "a.csv"), "Transfer-Encoding: chunked");
                client.chunk(new byte[100_000]);
                awaitReservation();
            }
        }

        @Test
        void chunksThatAreNone() throws Exception {
            try (RawClient client = RawClient.connect()) {
                client.head(scene.query(LARGE, "a.csv"), "Transfer-Encoding: chunked");
                client.chunk(new byte[1_000]);
                awaitReservation();
                client.send("this is no chunk\r\n".getBytes(US_ASCII)); // Undertow waits for more, Grizzly refuses
            }
        }

        @ParameterizedTest
        @ValueSource(ints = {1, 4, 40, 60})
        void formWithoutItsEnd(int missing) throws Exception {
            byte[] whole = scene.form(LARGE).file("a.csv", new byte[100_000]).bytes();
            try (RawClient client = RawClient.connect()) {
                client.head("", "Content-Type: " + new Form().contentType(), "Content-Length: " + whole.length);
                client.send(Arrays.copyOf(whole, whole.length - missing));
                awaitReservation();
            }
        }

        @Test
        void formThatEndsAsAnnouncedButTooEarly() throws Exception {
            byte[] cut = scene.form(LARGE).file("a.csv", new byte[100_000]).withoutEnd();
            try (RawClient client = RawClient.connect()) {
                client.head("", "Content-Type: " + new Form().contentType(), "Content-Length: " + cut.length);
                client.send(cut);
                assertThat(client.status()).isEqualTo(400);
            }
        }

        private void awaitReservation() throws InterruptedException {
            await(() -> !scene.states().isEmpty());
        }
    }

    @Nested
    class StoreAway {

        @AfterEach
        void healed() throws Exception {
            Deployed.faults().lift();
            await(() -> Deployed.column(
                            "select id from report_file where cleanup_owed and organisation_code = ?",
                            scene.organisation)
                    .isEmpty());
            scene.assertNothingLeft();
            HttpResponse<String> again = postRaw(scene.query(LARGE, "a.csv"), BodyPublishers.ofString("1"));
            assertThat(again.statusCode()).isEqualTo(201);
            assertThat(json(again).getInt("version")).isEqualTo(1);
        }

        @Test
        void storeThatIsNotThereIsTold() throws Exception {
            Deployed.faults().set(new Fault.Refuse());
            assertUnavailable(postRaw(scene.query(LARGE, "a.csv"), BodyPublishers.ofString("1")));
            assertUnavailable(postForm(scene.form(LARGE).file("a.csv", new byte[20 << 20])));
        }

        @Test
        void storeThatRefusesOurCredentialsIsTold() throws Exception {
            Deployed.faults().set(Fault.Answer.s3Error(403, "InvalidAccessKeyId"));
            assertUnavailable(postRaw(scene.query(LARGE, "a.csv"), BodyPublishers.ofString("1")));
            assertUnavailable(postForm(scene.form(LARGE).file("a.csv", new byte[20 << 20])));
        }

        @Test
        void storeThatIsOverloadedIsTold() throws Exception {
            Deployed.faults().set(Fault.Answer.s3Error(503, "SlowDown"));
            assertUnavailable(postRaw(scene.query(LARGE, "a.csv"), BodyPublishers.ofString("1")));
        }

        @Test
        void storeThatLeavesInTheMiddleIsTold() throws Exception {
            try (RawClient client = RawClient.connect()) {
                client.head(scene.query(LARGE, "a.csv"), "Content-Length: " + (40 << 20));
                client.send(new byte[20 << 20]);
                await(() -> {
                    try (S3Client s3 = Deployed.s3().client()) {
                        return !scene.unfinished(s3).isEmpty();
                    }
                });
                Deployed.faults().set(new Fault.Refuse());
                client.send(new byte[20 << 20]);
                assertThat(client.status()).isEqualTo(503);
            }
        }

        private void assertUnavailable(HttpResponse<String> answer) {
            assertThat(answer.statusCode()).as(answer.body()).isEqualTo(503);
            assertThat(answer.headers().firstValue("Retry-After")).isPresent();
            assertThat(json(answer).getString("detail")).contains("storage");
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {10, 9 << 20})
    void answerOfTheStoreThatIsLostLosesNothing(int size) throws Exception {
        byte[] content = new byte[size];
        new Random(size).nextBytes(content);
        for (boolean form : new boolean[] {false, true}) {
            loseEachAnswer(form, content);
        }
    }

    private void loseEachAnswer(boolean form, byte[] content) throws Exception {
        boolean happened = true;
        for (int number = 1; happened; number++) {
            Fault.FailOne fault = new Fault.FailOne(number, Loss.ANSWER_LOST);
            Deployed.faults().set(fault);
            HttpResponse<String> answer;
            try {
                answer = form
                        ? postForm(scene.form(LARGE).file("a.csv", content))
                        : postRaw(scene.query(LARGE, "a.csv"), BodyPublishers.ofByteArray(content));
            } finally {
                Deployed.faults().lift();
            }
            happened = fault.hasHappened();
            assertThat(answer.statusCode())
                    .as("request %d: %s", number, answer.body())
                    .isEqualTo(201);
            assertThat(json(answer).getInt("size")).isEqualTo(content.length);
            assertThat(SubmissionScene.download(json(answer).getString("id"))).isEqualTo(content);
        }
    }

    @Test
    void whatADeadNodeLeftIsRemoved() throws Exception {
        String key = scene.organisation + "/dead-node";
        String bucket = Deployed.s3().name();
        try (S3Client s3 = Deployed.s3().client();
                Connection database = Deployed.jdbc()) {
            s3.putObject(request -> request.bucket(bucket).key(key), RequestBody.fromString("1,2"));
            s3.createMultipartUpload(request -> request.bucket(bucket).key(key));
            assertThat(scene.objects(s3)).hasSize(1);
            for (String statement : deadSubmission(key)) {
                SubmissionScene.update(database, statement);
            }
            await(() -> scene.states().equals(List.of("FAILED")));
            await(() -> scene.objects(s3).isEmpty() && scene.unfinished(s3).isEmpty());
        }
        scene.assertNothingLeft();
    }

    /** The rows of a submission whose lease has run out. */
    private List<String> deadSubmission(String key) {
        return List.of(
                "insert into series (organisation_code, fiscal_year, fiscal_quarter, section_code, last_version,"
                        + " row_version) values ('%s', 2026, 3, '%s', 0, 1)".formatted(scene.organisation, LARGE),
                ("insert into report_file (id, organisation_code, fiscal_year, fiscal_quarter, section_code, state,"
                                + " filename, filename_folded, content_type, object_key, submitter_id, submitted_by, reserved_at,"
                                + " submitted_at, lease_until, cleanup_owed, row_version) select '%s', '%s', 2026, 3,"
                                + " '%s', 'RECEIVING', 'a.csv', 'a.csv', 'text/csv', '%s', id, name, timestamp '2026-01-01"
                                + " 00:00:00', timestamp '2026-01-01 00:00:00', timestamp '2026-01-01 00:00:00', false,"
                                + " 1 from account where name = 'admin'")
                        .formatted(UUID.randomUUID(), scene.organisation, LARGE, key));
    }
}
