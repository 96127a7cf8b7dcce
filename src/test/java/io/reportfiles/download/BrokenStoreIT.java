package io.reportfiles.download;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.reportfiles.dev.FaultProxy.Ending;
import io.reportfiles.dev.FaultProxy.Fault;
import io.reportfiles.server.Deployed;
import io.reportfiles.server.OnServer;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.ObjectVersion;

/** What a reader gets when S3 fails, before the first byte and after it. */
@OnServer
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
        Deployed.faults().set(new Fault.StallAfter(2_500_000));
        try (RawReader raw = new RawReader()) {
            raw.request("GET", "files/" + id, "1.1");
            assertThat(raw.head()).containsEntry("content-length", "9000000");
            byte[] start = raw.body(1_000_000);
            Deployed.faults().set(new Fault.Refuse());
            long since = System.nanoTime();
            byte[] rest = raw.untilEnd();
            Duration waited = Duration.ofNanos(System.nanoTime() - since);
            assertThat(start).isEqualTo(Arrays.copyOf(CONTENT, 1_000_000));
            assertThat(rest.length).isLessThan(8_000_000);
            assertThat(rest).isEqualTo(Arrays.copyOfRange(CONTENT, 1_000_000, 1_000_000 + rest.length));
            assertThat(waited).as("healing time and at most a few seconds more").isLessThan(Duration.ofSeconds(20));
        }
        Deployed.faults().lift();
        assertThat(Reader.lastTransfer(id, Reader.ended("STORAGE_FAILED")).getInt("bytes"))
                .isBetween(1_000_000, 8_999_999);
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

    @Test
    void bytesThatVanishedAreGone() throws Exception {
        String lost = reader.submitted("lost.zip", CONTENT);
        try (S3Client s3 = Deployed.s3().client()) {
            ObjectVersion newest = newest(s3);
            s3.deleteObject(request ->
                    request.bucket(Deployed.s3().name()).key(newest.key()).versionId(newest.versionId()));
        }
        HttpResponse<byte[]> answer = Reader.get("files/" + lost);
        assertThat(answer.statusCode()).isEqualTo(410);
        assertThat(Reader.json(answer.body()).getInt("status")).isEqualTo(410);
    }

    @Test
    void damagedBytesAreNeverDelivered() throws Exception {
        String large = reader.submitted("damaged.zip", CONTENT);
        damageNewest();
        try (RawReader raw = new RawReader()) {
            raw.request("GET", "files/" + large, "1.1");
            raw.head();
            assertThat(raw.untilEnd()).hasSizeLessThan(CONTENT.length);
        }
        Reader.lastTransfer(large, Reader.ended("INTEGRITY_FAILED"));
        String small = reader.submitted("damaged.txt", "some text".getBytes(UTF_8));
        damageNewest();
        assertThat(Reader.get("files/" + small).statusCode()).isEqualTo(502);
    }

    private static void assertUnavailable() throws Exception {
        HttpResponse<byte[]> answer = Reader.get("files/" + id);
        assertThat(answer.statusCode()).isEqualTo(503);
        assertThat(answer.headers().firstValue("Retry-After")).isPresent();
        assertThat(Reader.json(answer.body()).getString("detail")).endsWith(".");
        assertThat(Reader.lastTransfer(id, Reader.ended("STORAGE_FAILED")).getInt("bytes"))
                .isZero();
    }

    private static ObjectVersion newest(S3Client s3) {
        List<ObjectVersion> versions = s3.listObjectVersions(
                        request -> request.bucket(Deployed.s3().name()).prefix(reader.organisation + "/"))
                .versions();
        return versions.stream()
                .max((a, b) -> a.lastModified().compareTo(b.lastModified()))
                .orElseThrow();
    }

    /** Changes the first byte of the object stored last, as a failing disk would: behind the back of S3. */
    private static void damageNewest() throws IOException {
        try (S3Client s3 = Deployed.s3().client();
                Stream<Path> tree = Files.walk(Deployed.s3().directory())) {
            String name = Path.of(newest(s3).key()).getFileName().toString();
            Path file = tree.filter(path -> path.getFileName().toString().equals(name))
                    .findFirst()
                    .orElseThrow();
            byte[] first = new byte[] {(byte) (Files.readAllBytes(file)[0] ^ 1)};
            Files.write(file, first, StandardOpenOption.WRITE);
        }
    }
}
