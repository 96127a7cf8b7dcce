package io.reportfiles.submission;

import static io.reportfiles.submission.SubmissionScene.LARGE;
import static io.reportfiles.submission.SubmissionScene.SMALL;
import static io.reportfiles.submission.SubmissionScene.address;
import static io.reportfiles.submission.SubmissionScene.json;
import static io.reportfiles.submission.SubmissionScene.postForm;
import static io.reportfiles.submission.SubmissionScene.postRaw;
import static io.reportfiles.submission.SubmissionScene.send;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.reportfiles.server.Deployed;
import io.reportfiles.server.OnServer;
import jakarta.json.JsonObject;
import java.io.ByteArrayInputStream;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.s3.S3Client;

/** What {@code POST /api/report-files} does with submissions that are in order. */
@OnServer
class SubmissionIT {

    private static final byte[] CONTENT = "id,name\n1,Zoë\n".getBytes(UTF_8);

    private final SubmissionScene scene = new SubmissionScene();

    @Test
    void formIsStored() throws Exception {
        HttpResponse<String> answer = postForm(scene.form(LARGE).file("Prüfung 3.csv", CONTENT));
        assertStored(answer, "Prüfung 3.csv", CONTENT);
    }

    @Test
    void rawBodyIsStored() throws Exception {
        HttpResponse<String> answer =
                postRaw(scene.query(LARGE, "Pr%C3%BCfung+3.csv"), BodyPublishers.ofByteArray(CONTENT));
        assertStored(answer, "Prüfung 3.csv", CONTENT);
    }

    @Test
    void fileOfSeveralPartsIsStored() throws Exception {
        byte[] content = new byte[(20 << 20) + 7];
        new Random(1).nextBytes(content);
        assertStored(postForm(scene.form(LARGE).file("a.csv", content)), "a.csv", content);
        BodyPublisher withoutLength = BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(content));
        assertStored(postRaw(scene.query(LARGE, "b.csv"), withoutLength), "b.csv", content);
    }

    @Test
    void emptyFileIsStored() throws Exception {
        assertStored(postForm(scene.form(LARGE).file("a.csv", new byte[0])), "a.csv", new byte[0]);
        assertStored(postRaw(scene.query(LARGE, "b.csv"), BodyPublishers.noBody()), "b.csv", new byte[0]);
    }

    @Test
    void fileOfExactlyTheLimitIsStored() throws Exception {
        byte[] content = new byte[SubmissionScene.SMALL_BYTES];
        assertStored(postForm(scene.form(SMALL).file("a.csv", content)), "a.csv", content);
        assertStored(postRaw(scene.query(SMALL, "b.csv"), BodyPublishers.ofByteArray(content)), "b.csv", content);
    }

    @Test
    void everySubmissionIsANewVersion() throws Exception {
        for (int version = 1; version <= 3; version++) {
            HttpResponse<String> answer = postForm(scene.form(LARGE).file("a.csv", CONTENT));
            assertThat(json(answer).getInt("version")).isEqualTo(version);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "filename=\"C:\\Users\\ann\\report.csv\" | report.csv",
                "filename*=UTF-8''Pr%C3%BCfung.csv | Prüfung.csv",
                "filename=\"Pru\u0308fung.csv\" | Prüfung.csv",
                "filename=\"UPPER.CSV\" | UPPER.CSV",
                "filename=plain.csv | plain.csv",
                "filename=\"a; b = c.csv\" | a; b = c.csv",
            })
    void formsOfOtherClientsAreUnderstood(String parameter, String fileName) throws Exception {
        Form form = scene.form(LARGE).part("form-data; name=\"file\"; " + parameter, CONTENT);
        assertStored(postForm(form), fileName, CONTENT);
    }

    @Test
    void clientsWordOnTheTypeMeansNothing() throws Exception {
        HttpResponse<String> raw =
                SubmissionScene.post(scene.query(LARGE, "a.csv"), "text/html", BodyPublishers.ofByteArray(CONTENT));
        assertThat(json(raw).getString("contentType")).isEqualTo("text/csv");
        Form form = scene.form(LARGE)
                .part("form-data; name=\"file\"; filename=\"a.csv\"\r\nContent-Type: text/html", CONTENT);
        assertThat(json(postForm(form)).getString("contentType")).isEqualTo("text/csv");
    }

    @Test
    void clientThatWaitsForContinueIsAskedToSend() throws Exception {
        HttpResponse<String> answer = send(HttpRequest.newBuilder(address(scene.query(LARGE, "a.csv")))
                .header("Authorization", SubmissionScene.ADMIN)
                .expectContinue(true)
                .POST(BodyPublishers.ofByteArray(CONTENT)));
        assertStored(answer, "a.csv", CONTENT);
    }

    @Test
    void slowClientKeepsItsLease() throws Exception {
        try (RawClient client = RawClient.connect()) {
            client.head(scene.query(LARGE, "a.csv"), "Content-Length: 12");
            for (int second = 0; second < 12; second++) { // three leases of the tests' configuration
                client.send("x".getBytes(US_ASCII));
                Thread.sleep(1_000);
            }
            assertThat(client.status()).isEqualTo(201);
        }
    }

    @Nested
    class Permission {

        @Test
        void analystSubmitsForTheOwnOrganisation() throws Exception {
            HttpResponse<String> answer = submitAs(scene.accountWith("ANALYST"));
            assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
            assertThat(json(answer).getString("submittedBy")).startsWith("analyst.u");
        }

        @ParameterizedTest
        @ValueSource(strings = {"READER", "AUDITOR", "REGIONAL_REVIEWER"})
        void otherRolesDoNotSubmit(String role) throws Exception {
            assertRefused(submitAs(scene.accountWith(role)), 403);
        }

        @Test
        void analystDoesNotSubmitForAnother() throws Exception {
            String stranger = new SubmissionScene().accountWith("ANALYST");
            assertRefused(submitAs(stranger), 403);
            HttpResponse<String> form = send(HttpRequest.newBuilder(address(""))
                    .header("Authorization", stranger)
                    .header("Content-Type", new Form().contentType())
                    .POST(BodyPublishers.ofByteArray(
                            scene.form(LARGE).file("a.csv", CONTENT).bytes())));
            assertRefused(form, 403);
        }

        @Test
        void nobodySubmitsUnknown() throws Exception {
            assertRefused(submitAs(SubmissionScene.basic("nobody", "nothing")), 401);
            HttpResponse<String> anonymous = send(HttpRequest.newBuilder(address(scene.query(LARGE, "a.csv")))
                    .POST(BodyPublishers.ofByteArray(CONTENT)));
            assertRefused(anonymous, 401);
        }

        private HttpResponse<String> submitAs(String authorization) throws Exception {
            return send(HttpRequest.newBuilder(address(scene.query(LARGE, "a.csv")))
                    .header("Authorization", authorization)
                    .POST(BodyPublishers.ofByteArray(CONTENT)));
        }

        private void assertRefused(HttpResponse<String> answer, int status) throws Exception {
            assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
            assertThat(scene.states()).isEmpty();
            scene.assertNothingLeft();
        }
    }

    /** The answer, the metadata, the row and the object all say the same. */
    private void assertStored(HttpResponse<String> answer, String fileName, byte[] content) throws Exception {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
        byte[] digest = MessageDigest.getInstance("SHA-256").digest(content);
        assertThat(answer.headers().firstValue("Repr-Digest"))
                .contains("sha-256=:" + Base64.getEncoder().encodeToString(digest) + ":");
        JsonObject file = json(answer);
        assertThat(file.getString("filename")).isEqualTo(fileName);
        assertThat(file.getString("state")).isEqualTo("AVAILABLE");
        assertThat(file.getString("organisation")).isEqualTo(scene.organisation);
        assertThat(file.getInt("year")).isEqualTo(2026);
        assertThat(file.getString("quarter")).isEqualTo("Q3");
        assertThat(file.getJsonNumber("size").longValueExact()).isEqualTo(content.length);
        assertThat(file.getString("sha256")).isEqualTo(HexFormat.of().formatHex(digest));

        URI location =
                answer.uri().resolve(answer.headers().firstValue("Location").orElseThrow());
        assertThat(location.getPath()).endsWith("/api/report-files/" + file.getString("id"));
        assertThat(json(SubmissionScene.get(location))).isEqualTo(file);

        String id = file.getString("id");
        String key = onlyOne("select object_key from report_file where cast(id as varchar) = ?", id);
        String version = onlyOne("select object_version_id from report_file where cast(id as varchar) = ?", id);
        try (S3Client s3 = Deployed.s3().client()) {
            byte[] stored = s3.getObjectAsBytes(request ->
                            request.bucket(Deployed.s3().name()).key(key).versionId(version))
                    .asByteArray();
            assertThat(stored).isEqualTo(content);
            assertThat(scene.unfinished(s3)).isEmpty();
        }
    }

    private static String onlyOne(String statement, String parameter) {
        List<String> values = Deployed.column(statement, parameter);
        assertThat(values).hasSize(1);
        return values.get(0);
    }
}
