package io.reportfiles.download;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.reportfiles.dev.FaultProxy.Ending;
import io.reportfiles.dev.FaultProxy.Fault;
import io.reportfiles.server.Deployed;
import io.reportfiles.server.OnServer;
import jakarta.json.JsonObject;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.ObjectVersion;

/** What a reader gets when S3 fails, before the first byte and after it. */
@OnServer
@Tag(OnServer.ANY_DATABASE)
class BrokenStoreIT {

    private static final byte[] CONTENT = Reader.randomBytes(9_000_000);

    private static Reader reader;
    private static String id;

    @BeforeAll
    static void submit() throws Exception {
        reader = Reader.create();
        id = reader.submitted("large.zip", CONTENT);
    }

    @AfterEach
    void lift() {
        Deployed.faults().lift();
    }

    @ParameterizedTest
    @EnumSource(Ending.class)
    void connectionsThatBreakAreReplacedAtTheNextByte(Ending ending) throws Exception {
        Deployed.faults().set(new Fault.CutAfter(2_500_000, ending));
        assertThat(Reader.get("files/" + id).body()).isEqualTo(CONTENT);
    }

    @Test
    void aStoreThatStallsIsAskedAgain() throws Exception {
        Deployed.faults().set(new Fault.StallAfter(2_500_000));
        try (RawReader raw = new RawReader()) {
            raw.request("GET", "files/" + id, "1.1");
            raw.head();
            byte[] start = raw.body(2_000_000);
            Deployed.faults().lift();
            assertThat(start).isEqualTo(Arrays.copyOf(CONTENT, 2_000_000));
            assertThat(raw.body(7_000_000)).isEqualTo(Arrays.copyOfRange(CONTENT, 2_000_000, 9_000_000));
        }
    }

    @Test
    void aShortBodyNeverLooksComplete() throws Exception {
        byte[] content = Reader.randomBytes(60_000_000); // far more than sockets and servers buffer on the way
        String huge = reader.submitted("huge.zip", content);
        Deployed.faults().set(new Fault.StallAfter(2_500_000));
        try (RawReader raw = new RawReader()) {
            raw.request("GET", "files/" + huge, "1.1");
            assertThat(raw.head()).containsEntry("content-length", "60000000");
            byte[] start = raw.body(1_000_000);
            Deployed.faults().set(new Fault.Refuse());
            long since = System.nanoTime();
            byte[] rest = raw.untilEnd();
            Duration waited = Duration.ofNanos(System.nanoTime() - since);
            assertThat(start).isEqualTo(Arrays.copyOf(content, 1_000_000));
            assertThat(rest.length).isLessThan(59_000_000);
            assertThat(rest).isEqualTo(Arrays.copyOfRange(content, 1_000_000, 1_000_000 + rest.length));
            assertThat(waited).as("healing time and at most a few seconds more").isLessThan(Duration.ofSeconds(25));
        }
        Deployed.faults().lift();
        assertThat(Reader.lastTransfer(huge, Reader.ended("STORAGE_FAILED")).getInt("bytes"))
                .isBetween(1_000_000, 59_999_999);
    }

    @Test
    void whoLeavesBeforeASmallFileComesDoesNotHaveIt() throws Exception {
        String small = reader.submitted("small.zip", Reader.randomBytes(4096));
        Deployed.faults().set(new Fault.StallAfter(2_000));
        try (RawReader raw = new RawReader()) {
            raw.request("GET", "files/" + small, "1.1");
            Reader.lastTransfer(small, Reader.ended("STARTED"));
            raw.reset();
        }
        Deployed.faults().lift();
        assertThat(Reader.lastTransfer(small, row -> !Reader.ended("STARTED").test(row))
                        .getString("outcome"))
                .isEqualTo("CLIENT_GONE");
    }

    @Test
    void aStoreThatIsAwayIsSaidBeforeAnythingIsPromised() throws Exception {
        Deployed.faults().set(new Fault.Refuse());
        assertUnavailable();
        assertThat(Reader.get("api/report-files?organisation=" + reader.organisation)
                        .statusCode())
                .as("lists keep working")
                .isEqualTo(200);
        assertThat(Reader.get("files/" + id, "Range", "bytes=9000000-").statusCode())
                .as("nothing is asked of the store")
                .isEqualTo(416);
    }

    @Test
    void aStoreThatRefusesUsIsSaid() throws Exception {
        Deployed.faults().set(Fault.Answer.s3Error(403, "InvalidAccessKeyId"));
        assertUnavailable();
    }

    @Test
    void aStoreThatIsOverwhelmedIsSaid() throws Exception {
        Deployed.faults().set(Fault.Answer.s3Error(503, "SlowDown"));
        assertUnavailable();
    }

    @ParameterizedTest
    @CsvSource({"501, NotImplemented", "404, NoSuchVersion", "400, InvalidArgument"})
    void versionThatCanNotBeReadByItsNameIsReadByItsEntityTag(int status, String code) throws Exception {
        Deployed.faults().set(new Fault.AnswerSome(Pattern.compile("versionId="), Fault.Answer.s3Error(status, code)));
        assertThat(Reader.get("files/" + id).body()).isEqualTo(CONTENT);
        assertThat(Reader.get("files/" + id, "Range", "bytes=8999990-").body())
                .isEqualTo(Arrays.copyOfRange(CONTENT, 8_999_990, CONTENT.length));
    }

    @Test
    void bytesThatVanishedAreGone() throws Exception {
        String lost = reader.submitted("lost.zip", CONTENT);
        try (S3Client s3 = Deployed.s3().client()) {
            String key = StoredObjects.keyOf(lost);
            String bucket = Deployed.s3().name();
            for (ObjectVersion version : s3.listObjectVersions(
                            request -> request.bucket(bucket).prefix(key))
                    .versions()) {
                s3.deleteObject(request -> request.bucket(bucket).key(key).versionId(version.versionId()));
            }
        }
        HttpResponse<byte[]> answer = Reader.get("files/" + lost);
        assertThat(answer.statusCode()).isEqualTo(410);
        assertThat(Reader.json(answer.body()).getInt("status")).isEqualTo(410);
    }

    @Test
    void damagedBytesAreNeverDelivered() throws Exception {
        String large = reader.submitted("damaged.zip", CONTENT);
        StoredObjects.damage(large);
        try (RawReader raw = new RawReader()) {
            raw.request("GET", "files/" + large, "1.1");
            raw.head();
            assertThat(raw.untilEnd()).hasSizeLessThan(CONTENT.length);
        }
        Reader.lastTransfer(large, Reader.ended("INTEGRITY_FAILED"));
        assertThat(file(large)).containsKey("damagedAt");
    }

    @Test
    void whoComesBackAtOnceForTheRestOfADamagedFileIsRefused() throws Exception {
        byte[] content = Reader.randomBytes(1_000_000);
        for (int trial = 0; trial < 20; trial++) {
            String large = reader.submitted("damaged.zip", content);
            StoredObjects.damage(large);
            String eTag;
            int had;
            try (RawReader raw = new RawReader()) {
                raw.request("GET", "files/" + large, "1.1");
                eTag = raw.head().get("etag");
                had = raw.untilEnd().length;
            }
            HttpResponse<byte[]> rest = Reader.get("files/" + large, "Range", "bytes=" + had + "-", "If-Range", eTag);
            assertThat(rest.statusCode()).as("trial %d", trial).isEqualTo(502);
            assertThat(file(large)).as("trial %d", trial).containsKey("damagedAt");
        }
    }

    @Test
    void aSmallFileThatIsCutShortIsAskedForAgain() throws Exception {
        byte[] content = Reader.randomBytes(4096);
        String small = reader.submitted("small.zip", content);
        for (Ending ending : Ending.values()) {
            Deployed.faults().set(new Fault.CutAfter(3_000, ending));
            HttpResponse<byte[]> answer = Reader.get("files/" + small);
            assertThat(answer.statusCode()).as("%s", ending).isEqualTo(200);
            assertThat(answer.body()).as("%s", ending).isEqualTo(content);
        }
    }

    @Test
    void aStoreThatAnswersNothingWholeIsSaidToBeAwayAndNothingIsSaidToBeDamaged() throws Exception {
        String small = reader.submitted("small.zip", Reader.randomBytes(4096));
        String chunks = String.join(
                "\r\n",
                "HTTP/1.1 206 Partial Content",
                "Content-Range: bytes 0-4095/4096",
                "Transfer-Encoding: chunked",
                "Connection: close",
                "",
                "3",
                "abc",
                "");
        String another = String.join("\r\n", "HTTP/1.1 200 OK", "Content-Length: 5", "Connection: close", "", "hello");
        for (String file : List.of(small, id)) {
            for (Fault fault : List.of(
                    new Fault.CutAfter(20, Ending.FIN),
                    new Fault.CutAfter(20, Ending.RST),
                    new Fault.Answer(chunks),
                    new Fault.Answer(another))) {
                Deployed.faults().set(fault);
                HttpResponse<byte[]> answer = Reader.get("files/" + file);
                assertThat(answer.statusCode()).as("%s", fault).isEqualTo(503);
                assertThat(answer.headers().firstValue("Retry-After"))
                        .as("%s", fault)
                        .isPresent();
            }
            Deployed.faults().lift();
            assertThat(file(file)).doesNotContainKey("damagedAt");
            assertThat(Reader.get("files/" + file).statusCode()).isEqualTo(200);
        }
    }

    @Test
    void aDamagedFileIsFlaggedUntilItIsFoundIntact() throws Exception {
        String small = reader.submitted("damaged.txt", "some text".getBytes(UTF_8));
        assertThat(file(small)).doesNotContainKey("damagedAt");
        StoredObjects.damage(small);
        assertThat(Reader.get("files/" + small).statusCode()).isEqualTo(502);
        Reader.lastTransfer(small, Reader.ended("INTEGRITY_FAILED"));
        assertThat(file(small)).containsKey("damagedAt");
        assertThat(Reader.get("files/" + small, "Range", "bytes=2-3").statusCode())
                .as("a part can't be verified")
                .isEqualTo(502);
        StoredObjects.damage(small); // once more: the bit is as it was
        assertThat(Reader.get("files/" + small).statusCode()).isEqualTo(200);
        Reader.lastTransfer(small, Reader.ended("COMPLETE"));
        assertThat(file(small)).doesNotContainKey("damagedAt");
        assertThat(Reader.get("files/" + small, "Range", "bytes=2-3").statusCode())
                .isEqualTo(206);
        assertThat(Reader.json(Reader.get("api/audit?subjectType=report-file&subjectId=" + small)
                                .body())
                        .getJsonArray("items")
                        .getValuesAs(JsonObject.class))
                .filteredOn(event -> event.getString("actor").equals("(system)"))
                .extracting(event -> event.getString("action"))
                .containsExactly("FILE_INTACT", "FILE_DAMAGED");
    }

    private static JsonObject file(String id) throws Exception {
        return Reader.json(Reader.get("api/report-files/" + id).body());
    }

    private static void assertUnavailable() throws Exception {
        HttpResponse<byte[]> answer = Reader.get("files/" + id);
        assertThat(answer.statusCode()).isEqualTo(503);
        assertThat(answer.headers().firstValue("Retry-After")).isPresent();
        assertThat(Reader.json(answer.body()).getString("detail")).endsWith(".");
        assertThat(Reader.lastTransfer(id, Reader.ended("STORAGE_FAILED")).getInt("bytes"))
                .isZero();
    }
}
