package io.reportfiles.submission.tus;

import static io.reportfiles.submission.tus.TusScene.download;
import static io.reportfiles.submission.tus.TusScene.head;
import static io.reportfiles.submission.tus.TusScene.offset;
import static io.reportfiles.submission.tus.TusScene.patch;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.as;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.STRING;

import io.reportfiles.dev.FaultProxy.Fault;
import io.reportfiles.dev.FaultProxy.Loss;
import io.reportfiles.server.Api;
import io.reportfiles.server.Deployed;
import io.reportfiles.server.OnServer;
import io.tus.java.client.TusClient;
import io.tus.java.client.TusURLMemoryStore;
import io.tus.java.client.TusUpload;
import io.tus.java.client.TusUploader;
import java.io.ByteArrayInputStream;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Resumable uploads, as the protocol's own client and others send them. */
@OnServer
@Tag(OnServer.ANY_DATABASE)
class TusIT {

    private final TusScene scene = new TusScene();

    @Test
    void answerOfTheStoreThatIsLostLosesNothing() throws Exception {
        byte[] content = content(9 << 20);
        boolean happened = true;
        for (int number = 1; happened; number++) {
            URI upload = scene.begin(content.length);
            Fault.FailOne fault = new Fault.FailOne(number, Loss.ANSWER_LOST);
            Deployed.faults().set(fault);
            HttpResponse<String> last;
            try {
                last = patch(upload, 0, content);
            } finally {
                Deployed.faults().lift();
            }
            happened = fault.hasHappened();
            assertThat(last.statusCode())
                    .as("request %d: %s", number, last.body())
                    .isEqualTo(204);
            assertThat(download(last)).isEqualTo(content);
        }
    }

    @Test
    void publicClientUploadsAndResumes() throws Exception {
        byte[] content = content(12_000_000);
        TusClient client = new TusClient();
        client.setUploadCreationURL(TusScene.uploads().toURL());
        client.setHeaders(Map.of("Authorization", TusScene.ADMIN));
        client.enableResuming(new TusURLMemoryStore());
        TusUpload upload = new TusUpload();
        upload.setSize(content.length);
        upload.setInputStream(new ByteArrayInputStream(content));
        upload.setFingerprint("test");
        upload.setMetadata(scene.fields());
        TusUploader first = client.resumeOrCreateUpload(upload);
        first.setChunkSize(100_000);
        first.setRequestPayloadSize(4_000_000); // on Payara each request waits five seconds to be asked for its body
        for (int i = 0; i < 70; i++) {
            first.uploadChunk();
        }
        first.finish(false);
        upload.setInputStream(new ByteArrayInputStream(content));
        TusUploader second = client.resumeUpload(upload);
        assertThat(second.getOffset()).isEqualTo(7_000_000);
        while (second.uploadChunk() > -1) {
            // goes on
        }
        second.finish();
        assertThat(download(head(second.getUploadURL().toURI()))).isEqualTo(content);
        assertThat(scene.stored()).hasSize(1);
    }

    @Test
    void partsOfAnySizeMakeTheFile() throws Exception {
        byte[] content = content(12_000_000);
        URI upload = scene.begin(content.length);
        int[] ends = {1, 100, 5_000_000, 9_000_000, 9_000_000, 11_999_999, 12_000_000};
        int offset = 0;
        HttpResponse<String> last = head(upload);
        for (int end : ends) {
            last = patch(upload, offset, Arrays.copyOfRange(content, offset, end));
            assertThat(last.statusCode()).as(last.body()).isEqualTo(204);
            assertThat(offset(last)).isEqualTo(end);
            offset = end;
        }
        assertThat(download(last)).isEqualTo(content);
        assertThat(offset(head(upload))).isEqualTo(content.length);
        assertThat(scene.stored()).hasSize(1);
    }

    @Test
    void fileComesWithItsCreation() throws Exception {
        byte[] content = content(6_000_000);
        HttpResponse<String> created = scene.postWith(BodyPublishers.ofByteArray(content), "" + content.length);
        assertThat(created.statusCode()).as(created.body()).isEqualTo(201);
        assertThat(offset(created)).isEqualTo(content.length);
        assertThat(download(created)).isEqualTo(content);
    }

    @Test
    void creationThatFailsLeavesNothing() throws Exception {
        byte[] content = content(6_000_000);
        HttpResponse<String> wrong = scene.postWith(
                BodyPublishers.ofByteArray(content), "7000000", "Upload-Checksum", "sha1 " + "A".repeat(27) + "=");
        assertThat(wrong.statusCode()).as(wrong.body()).isEqualTo(460);
        HttpResponse<String> tooLong =
                scene.postWith(BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(content)), "5999999");
        assertThat(tooLong.statusCode()).as(tooLong.body()).isEqualTo(413);
        assertThat(scene.states()).containsExactly("FAILED", "FAILED");
        assertThat(scene.stored()).isEmpty();
    }

    @Test
    void measurementsAndAuditKnowOfIt() throws Exception {
        String analyst = scene.accountWith("ANALYST");
        HttpResponse<String> refused = TusScene.send(TusScene.request(TusScene.uploads())
                .setHeader("Authorization", analyst)
                .header("Upload-Length", "1")
                .header("Upload-Metadata", "organisation " + Base64.getEncoder().encodeToString("x".getBytes(UTF_8)))
                .POST(BodyPublishers.noBody()));
        assertThat(refused.statusCode()).isEqualTo(400);
        assertThat(Deployed.column(
                        "select detail from audit_event where action = 'SUBMISSION_REFUSED' and actor = ?",
                        "analyst." + scene.organisation.toLowerCase(Locale.ROOT)))
                .singleElement(as(STRING))
                .contains("invalid-input");
        double before = measured("stored");
        assertThat(patch(scene.begin(1), 0, new byte[1]).statusCode()).isEqualTo(204);
        assertThat(measured("stored")).isEqualTo(before + 1);
        TusScene.delete(scene.begin(1));
        assertThat(measured("failed")).isPositive();
        assertThat(measured("refused")).isPositive();
    }

    /** How many resumable submissions have ended so, whatever the cause. */
    private static double measured(String outcome) {
        return Api.admin()
                .get("metrics")
                .body()
                .lines()
                .filter(line -> line.startsWith("reportfiles_submissions_seconds_count{"))
                .filter(line -> line.contains("form=\"resumable\"") && line.contains("outcome=\"" + outcome + "\""))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' '))))
                .sum();
    }

    @Test
    void accountWithAsManySubmissionsAsItMayHasToWait() throws Exception {
        String analyst = scene.accountWith("ANALYST");
        List<URI> uploads = new ArrayList<>();
        List<Sender> senders = new ArrayList<>();
        try {
            for (int i = 0; i < 20; i++) { // as the tests are configured
                uploads.add(scene.beginAs(analyst, 10));
                senders.add(Sender.patchAs(analyst, uploads.get(i), 0, 10));
            }
            for (URI upload : uploads) {
                await(() -> TusScene.wasHeld(upload));
            }
            HttpResponse<String> further = scene.postAs(analyst, "10", scene.fields());
            assertThat(further.statusCode()).as(further.body()).isEqualTo(429);
            assertThat(further.headers().firstValue("Retry-After")).isPresent();
            try (Sender another = Sender.patchAs(analyst, uploads.get(0), 0, 0)) {
                assertThat(another.status()).isEqualTo(429);
            }
            HttpResponse<String> asked = TusScene.send(TusScene.request(uploads.get(0))
                    .setHeader("Authorization", analyst)
                    .method("HEAD", BodyPublishers.noBody()));
            assertThat(asked.statusCode()).as("it takes no place").isEqualTo(200);
        } finally {
            for (Sender sender : senders) {
                sender.close();
            }
        }
        await(() -> scene.postAs(analyst, "10", scene.fields()).statusCode() == 201);
    }

    @Test
    void emptyFileIsAFile() throws Exception {
        HttpResponse<String> created = scene.post("0", scene.fields());
        assertThat(created.statusCode()).as(created.body()).isEqualTo(201);
        assertThat(download(created)).isEmpty();
    }

    @Test
    void headTellsWhatTheClientSaid() throws Exception {
        URI upload = scene.begin(10);
        HttpResponse<String> answer = head(upload);
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("Upload-Length")).contains("10");
        assertThat(answer.headers().firstValue("Upload-Offset")).contains("0");
        assertThat(answer.headers().firstValue("Upload-Metadata")).contains(TusScene.metadata(scene.fields()));
        assertThat(answer.headers().firstValue("Cache-Control")).contains("no-store");
        assertThat(answer.headers().firstValue("Upload-Expires")).isPresent();
        assertThat(answer.headers().firstValue("Report-File")).isEmpty();
    }

    @Test
    void optionsTellWhatIsOffered() throws Exception {
        HttpResponse<String> answer = TusScene.send(HttpRequest.newBuilder(TusScene.uploads())
                .header("Authorization", TusScene.ADMIN)
                .method("OPTIONS", BodyPublishers.noBody()));
        assertThat(answer.statusCode()).isEqualTo(204);
        assertThat(answer.headers().firstValue("Tus-Version")).contains("1.0.0");
        assertThat(answer.headers().firstValue("Tus-Extension"))
                .contains("creation,creation-with-upload,checksum,expiration,termination");
        assertThat(answer.headers().firstValue("Tus-Checksum-Algorithm")).contains("sha1,sha256");
        assertThat(answer.headers().firstValueAsLong("Tus-Max-Size").orElseThrow())
                .isGreaterThan(5L << 30);
    }

    @Nested
    class BrokenLines {

        @Test
        void clientThatNeverGetsAPartThroughGetsItsFileThrough() throws Exception {
            byte[] content = content(7_000_000);
            URI upload = scene.begin(content.length);
            long offset = 0;
            for (int cut = 0; cut < 3; cut++) {
                int end = (int) offset + 2_000_000;
                try (Sender sender = Sender.patch(upload, offset, content.length - offset)) {
                    sender.send(Arrays.copyOfRange(content, (int) offset, end));
                    sender.end();
                }
                offset = awaitOffset(upload, end);
            }
            HttpResponse<String> last =
                    patch(upload, offset, Arrays.copyOfRange(content, (int) offset, content.length));
            assertThat(last.statusCode()).as(last.body()).isEqualTo(204);
            assertThat(download(last)).isEqualTo(content);
            assertThat(scene.stored()).hasSize(1);
        }

        @Test
        void requestThatReceivesKeepsOthersOut() throws Exception {
            URI upload = scene.begin(1_000_000);
            try (Sender sender = Sender.patch(upload, 0, 1_000_000)) {
                sender.send(new byte[500_000]);
                await(() -> TusScene.isHeld(upload));
                assertThat(patch(upload, 0, new byte[10]).statusCode()).isEqualTo(423);
                sender.send(new byte[500_000]);
                assertThat(sender.status()).isEqualTo(204);
            }
            assertThat(download(head(upload))).isEqualTo(new byte[1_000_000]);
        }

        @Test
        void requestThatReceivesNothingIsTakenOver() throws Exception {
            byte[] content = content(6_000_000);
            URI upload = scene.begin(content.length);
            try (Sender stalled = Sender.patch(upload, 0, content.length)) {
                stalled.send(Arrays.copyOf(content, 1_000_000));
                await(() -> TusScene.isHeld(upload));
                await(() -> {
                    HttpResponse<String> answer = patch(upload, offset(head(upload)), new byte[0]);
                    return answer.statusCode() == 204;
                });
                long offset = offset(head(upload));
                HttpResponse<String> whole =
                        patch(upload, offset, Arrays.copyOfRange(content, (int) offset, content.length));
                assertThat(whole.statusCode()).as(whole.body()).isEqualTo(204);
                stalled.send(new byte[5_000_000]); // other bytes, which must not get into the file
                assertThat(stalled.status()).isEqualTo(423);
                assertThat(download(whole)).isEqualTo(content);
            }
        }

        @ParameterizedTest
        @ValueSource(strings = {"X-Nothing: x", "Upload-Checksum: sha1 AAAAAAAAAAAAAAAAAAAAAAAAAAA="})
        void uploadThatAnAdministratorEndsIsGone(String header) throws Exception {
            URI upload = scene.begin(1_000_000);
            try (Sender sender = Sender.patch(upload, 0, 1_000_000, header)) {
                sender.send(new byte[500_000]);
                await(() -> Api.admin().endUpload(TusScene.idOf(upload)) == 204);
                sender.send(new byte[1]);
                assertThat(sender.status()).isEqualTo(409);
            }
            await(() -> head(upload).statusCode() == 410);
            assertThat(scene.states()).containsExactly("FAILED");
            await(() -> scene.stored().isEmpty());
        }

        @Test
        void storeThatIsAwayCostsNothingThatWasAcknowledged() throws Exception {
            byte[] content = content(7_000_000);
            URI upload = scene.begin(content.length);
            assertThat(offset(patch(upload, 0, Arrays.copyOf(content, 1_000_000))))
                    .isEqualTo(1_000_000);
            Deployed.faults().set(new Fault.Refuse());
            try {
                HttpResponse<String> refused =
                        patch(upload, 1_000_000, Arrays.copyOfRange(content, 1_000_000, content.length));
                assertThat(refused.statusCode()).as(refused.body()).isEqualTo(503);
                assertThat(offset(head(upload))).isEqualTo(1_000_000);
            } finally {
                Deployed.faults().set(new Fault.None());
            }
            HttpResponse<String> last =
                    patch(upload, 1_000_000, Arrays.copyOfRange(content, 1_000_000, content.length));
            assertThat(last.statusCode()).as(last.body()).isEqualTo(204);
            assertThat(download(last)).isEqualTo(content);
        }

        private long awaitOffset(URI upload, long atLeast) throws Exception {
            // Its bytes count a little before it lets go of the upload.
            await(() -> offset(head(upload)) >= atLeast && !TusScene.isHeld(upload));
            return offset(head(upload));
        }
    }

    @Test
    void clientThatWaitsForLeaveToSendGetsIt() throws Exception {
        URI upload = scene.begin(1000);
        try (Sender sender = Sender.patch(upload, 0, 1000, "Expect: 100-continue")) {
            assertThat(sender.status()).isEqualTo(100);
            sender.send(new byte[1000]);
            assertThat(sender.status()).isEqualTo(204);
        }
        try (Sender sender = Sender.patch(upload, 0, 1000, "Expect: 100-continue")) {
            int status = sender.status();
            assertThat(status == 100 ? sender.status() : status)
                    .as("at the wrong offset")
                    .isEqualTo(409);
        }
    }

    @Nested
    class Checksums {

        @Test
        void bodyOfAnotherChecksumIsDropped() throws Exception {
            byte[] content = content(9_000_000);
            URI upload = scene.begin(content.length);
            byte[] changed = content.clone();
            changed[8_999_999]++;
            assertThat(offset(patch(upload, 0, Arrays.copyOf(content, 100)))).isEqualTo(100);
            byte[] rest = Arrays.copyOfRange(content, 100, content.length);
            HttpResponse<String> wrong =
                    patch(upload, 100, Arrays.copyOfRange(changed, 100, changed.length), "Upload-Checksum", sha1(rest));
            assertThat(wrong.statusCode()).as(wrong.body()).isEqualTo(460);
            assertThat(offset(head(upload))).isEqualTo(100);
            HttpResponse<String> right = patch(upload, 100, rest, "Upload-Checksum", sha1(rest));
            assertThat(right.statusCode()).as(right.body()).isEqualTo(204);
            assertThat(download(right)).isEqualTo(content);
            assertThat(scene.stored()).hasSize(1);
        }

        @Test
        void fileOfAnotherDigestIsRefusedAndNothingIsKept() throws Exception {
            Map<String, String> fields = scene.fields();
            fields.put("sha256", "0".repeat(64));
            URI upload = scene.begin(3, fields);
            HttpResponse<String> answer = patch(upload, 0, new byte[3]);
            assertThat(answer.statusCode()).as(answer.body()).isEqualTo(400);
            assertThat(answer.body()).contains("\"field\":\"sha256\"");
            assertThat(head(upload).statusCode()).isEqualTo(410);
            await(() -> scene.stored().isEmpty());
        }

        @Test
        void fileOfTheExpectedDigestIsAvailable() throws Exception {
            byte[] content = content(1000);
            Map<String, String> fields = scene.fields();
            fields.put("sha256", HexFormat.of().formatHex(digest("SHA-256", content)));
            HttpResponse<String> answer = patch(scene.begin(1000, fields), 0, content);
            assertThat(answer.statusCode()).as(answer.body()).isEqualTo(204);
            assertThat(answer.headers().firstValue("Repr-Digest"))
                    .contains("sha-256=:" + Base64.getEncoder().encodeToString(digest("SHA-256", content)) + ":");
        }

        private static String sha1(byte[] content) throws Exception {
            return "sha1 " + Base64.getEncoder().encodeToString(digest("SHA-1", content));
        }

        private static byte[] digest(String algorithm, byte[] content) throws Exception {
            return MessageDigest.getInstance(algorithm).digest(content);
        }
    }

    @Nested
    class Endings {

        @Test
        void uploadThatIsEndedIsGone() throws Exception {
            URI upload = scene.begin(7_000_000);
            assertThat(offset(patch(upload, 0, new byte[6_000_000]))).isEqualTo(6_000_000);
            assertThat(TusScene.delete(upload).statusCode()).isEqualTo(204);
            assertThat(head(upload).statusCode()).isEqualTo(410);
            assertThat(patch(upload, 6_000_000, new byte[1]).statusCode()).isEqualTo(410);
            await(() -> scene.stored().isEmpty());
        }

        @Test
        void reportFileIsNotEndedByItsUpload() throws Exception {
            URI upload = scene.begin(1);
            assertThat(patch(upload, 0, new byte[1]).statusCode()).isEqualTo(204);
            assertThat(TusScene.delete(upload).statusCode()).isEqualTo(409);
            assertThat(patch(upload, 1, new byte[0]).statusCode()).isEqualTo(204);
        }

        @Test
        void uploadThatExpiresIsRemoved() throws Exception {
            URI upload = scene.begin(7_000_000);
            assertThat(offset(patch(upload, 0, new byte[6_000_000]))).isEqualTo(6_000_000);
            assertThat(scene.stored()).hasSize(2);
            TusScene.expire(upload);
            await(() -> scene.stored().isEmpty());
            await(() -> head(upload).statusCode() == 404);
        }

        @Test
        void uploadIsItsOwnersAlone() throws Exception {
            URI upload = scene.begin(1);
            String other = scene.accountWith("ANALYST");
            for (HttpRequest.Builder request : List.of(
                    TusScene.request(upload).method("HEAD", BodyPublishers.noBody()),
                    TusScene.request(upload).DELETE(),
                    TusScene.request(upload)
                            .header("Upload-Offset", "0")
                            .header("Content-Type", "application/offset+octet-stream")
                            .method("PATCH", BodyPublishers.ofByteArray(new byte[1])))) {
                assertThat(TusScene.send(request.setHeader("Authorization", other))
                                .statusCode())
                        .isEqualTo(404);
            }
            assertThat(offset(head(upload))).isZero();
        }
    }

    @Nested
    class Refusals {

        @ParameterizedTest
        @CsvSource({
            "POST, Tus-Resumable, , 412",
            "POST, Tus-Resumable, 0.2.2, 412",
            "POST, Upload-Length, , 400",
            "POST, Upload-Length, -1, 400",
            "POST, Upload-Length, 1e3, 400",
            "POST, Upload-Length, 99999999999999999999, 400",
            "POST, Upload-Length, 1073741825, 413",
            "POST, Upload-Defer-Length, 1, 400",
            "POST, Upload-Concat, partial, 400",
            "POST, Upload-Metadata, , 400",
            "POST, Upload-Metadata, 'organisation ####', 400",
            "POST, Upload-Metadata, 'a YQ==,a YQ==', 400",
            "POST, Upload-Metadata, ',,', 400",
            "PATCH, Tus-Resumable, , 412",
            "PATCH, Content-Type, , 415",
            "PATCH, Content-Type, text/plain, 415",
            "PATCH, Content-Encoding, gzip, 415",
            "PATCH, Upload-Offset, , 400",
            "PATCH, Upload-Offset, x, 400",
            "PATCH, Upload-Offset, 1, 409",
            "PATCH, Upload-Offset, 99, 413",
            "PATCH, Upload-Checksum, md4 AAAA, 400",
            "PATCH, Upload-Checksum, sha1, 400",
            "PATCH, Upload-Checksum, sha1 AAAA, 400",
            "GET, X-Any, 1, 405",
            "PUT, X-Any, 1, 405",
            "HEAD, Tus-Resumable, , 412",
            "DELETE, Tus-Resumable, , 412"
        })
        void badInputIsTold(String method, String header, String value, int status) throws Exception {
            URI address = method.equals("POST") ? TusScene.uploads() : scene.begin(10);
            Map<String, String> headers = new LinkedHashMap<>(Map.of("Tus-Resumable", "1.0.0"));
            if (method.equals("POST")) {
                headers.put("Upload-Length", "10");
                headers.put("Upload-Metadata", TusScene.metadata(scene.fields()));
            } else if (method.equals("PATCH")) {
                headers.put("Upload-Offset", "0");
                headers.put("Content-Type", "application/offset+octet-stream");
            }
            if (value == null) {
                headers.remove(header);
            } else {
                headers.put(header, value);
            }
            HttpRequest.Builder request = HttpRequest.newBuilder(address).header("Authorization", TusScene.ADMIN);
            headers.forEach(request::header);
            HttpResponse<String> answer = TusScene.send(request.method(
                    method,
                    method.equals("PATCH") ? BodyPublishers.ofByteArray(new byte[1]) : BodyPublishers.noBody()));
            assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
            if (!method.equals("HEAD")) {
                assertThat(answer.headers().firstValue("Content-Type")).contains("application/problem+json");
            }
        }

        @Test
        void everythingWrongIsToldAtOnce() throws Exception {
            Map<String, String> fields = scene.fields();
            fields.put("year", "1800");
            fields.put("quarter", "Q5");
            fields.put("section", "nothing");
            fields.put("filename", "a/b.csv\n");
            fields.put("sha256", "abc");
            HttpResponse<String> answer = scene.post("10", fields);
            assertThat(answer.statusCode()).isEqualTo(400);
            assertThat(answer.body()).contains("\"year\"", "\"quarter\"", "\"section\"", "\"sha256\"");
        }

        @Test
        void bodyBeyondTheFileIsRefused() throws Exception {
            URI upload = scene.begin(10);
            assertThat(patch(upload, 0, new byte[11]).statusCode()).isEqualTo(413);
            assertThat(patch(upload, 0, BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(new byte[11])))
                            .statusCode())
                    .isEqualTo(413);
            assertThat(offset(head(upload))).isZero();
        }

        @Test
        void strangersAndOthersAreRefused() throws Exception {
            HttpRequest.Builder stranger = HttpRequest.newBuilder(TusScene.uploads())
                    .header("Tus-Resumable", "1.0.0")
                    .header("Upload-Length", "1")
                    .header("Upload-Metadata", TusScene.metadata(scene.fields()))
                    .POST(BodyPublishers.noBody());
            assertThat(TusScene.send(stranger).statusCode()).isEqualTo(401);
            String reader = scene.accountWith("READER");
            assertThat(TusScene.send(stranger.header("Authorization", reader)).statusCode())
                    .isEqualTo(403);
            String forged = TusScene.send(stranger.setHeader("Authorization", TusScene.ADMIN)
                            .setHeader("Origin", "https://elsewhere.example"))
                    .body();
            assertThat(forged).contains("\"status\":403");
        }
    }

    private interface Condition {
        boolean holds() throws Exception;
    }

    private static void await(Condition condition) throws Exception {
        Instant end = Instant.now().plus(Duration.ofSeconds(30));
        while (!condition.holds()) {
            assertThat(Instant.now()).isBefore(end);
            Thread.sleep(50);
        }
    }

    static byte[] content(int size) {
        byte[] content = new byte[size];
        new Random(size).nextBytes(content);
        return content;
    }
}
