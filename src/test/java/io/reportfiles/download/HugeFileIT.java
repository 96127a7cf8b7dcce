package io.reportfiles.download;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.reportfiles.server.Deployed;
import io.reportfiles.server.OnServer;
import java.io.RandomAccessFile;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Positions that need more than 32 bits, on the whole way from the header to the store. The file is grown behind the
 * back of S3 to 5 GiB of nothing, which takes no space, with a few bytes to find in it.
 */
@OnServer
@Tag(OnServer.ANY_DATABASE)
class HugeFileIT {

    private static final long SIZE = (5L << 30) + 7;
    private static final long MARK = (1L << 32) - 4; // on both sides of what an int can't count
    private static final String MARKED = "behind four gibibytes";

    private static Path object;
    private static String file;

    @BeforeAll
    static void grow() throws Exception {
        String id = Reader.create().submitted("huge.zip", new byte[] {'S'});
        file = "files/" + id;
        object = StoredObjects.fileOf(id);
        try (RandomAccessFile grown = new RandomAccessFile(object.toFile(), "rw")) {
            grown.setLength(SIZE);
            grown.seek(MARK);
            grown.write(MARKED.getBytes(US_ASCII));
            grown.seek(SIZE - 1);
            grown.write('E');
        }
        try (Connection database = Deployed.jdbc();
                PreparedStatement update =
                        database.prepareStatement("update report_file set size_bytes = ? where id = ?")) {
            update.setLong(1, SIZE);
            update.setObject(2, UUID.fromString(id));
            assertThat(update.executeUpdate()).isOne();
        }
    }

    @AfterAll
    static void shrink() throws Exception {
        try (RandomAccessFile grown = new RandomAccessFile(object.toFile(), "rw")) {
            grown.setLength(1);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "bytes=4294967292-4294967312, 4294967292-4294967312, behind four gibibytes",
        "bytes=4294967299-4294967302, 4294967299-4294967302, four",
        "bytes=5368709126-, 5368709126-5368709126, E",
        "bytes=-1, 5368709126-5368709126, E",
        "bytes=0-0, 0-0, S",
    })
    void aRangeIsFoundWhereverItLies(String range, String sent, String content) throws Exception {
        HttpResponse<byte[]> answer = Reader.get(file, "Range", range);
        assertThat(answer.statusCode()).isEqualTo(206);
        assertThat(answer.headers().firstValue("Content-Range")).contains("bytes " + sent + "/" + SIZE);
        assertThat(answer.body()).asString(ISO_8859_1).isEqualTo(content);
    }

    @Test
    void partsFarFromEachOtherComeInOneAnswer() throws Exception {
        HttpResponse<byte[]> answer = Reader.get(file, "Range", "bytes=-1,0-0,4294967299-4294967302");
        assertThat(answer.statusCode()).isEqualTo(206);
        assertThat(answer.headers().firstValueAsLong("Content-Length")).hasValue(answer.body().length);
        assertThat(new String(answer.body(), ISO_8859_1))
                .containsSubsequence("5368709126/5368709127\r\n\r\nE\r\n", "\r\n\r\nS\r\n", "\r\n\r\nfour\r\n");
    }

    @Test
    void theLastBytesComeThroughTheStreamOfALongRange() throws Exception {
        try (RawReader raw = new RawReader()) {
            raw.request("GET", file, "1.1", "Range: bytes=" + (SIZE - 3_000_000) + "-", "Connection: close");
            assertThat(raw.head()).containsEntry("content-length", "3000000");
            byte[] content = raw.untilEnd();
            assertThat(content).hasSize(3_000_000).endsWith('E');
        }
    }

    @Test
    void theWholeIsAnnouncedAndAPlaceBehindItRefused() throws Exception {
        try (RawReader raw = new RawReader()) {
            raw.sendAtOnce(
                    RawReader.head("HEAD", file, "1.1"),
                    RawReader.head("GET", file, "1.1", "Range: bytes=" + SIZE + "-"),
                    RawReader.head("GET", file, "1.1"));
            assertThat(raw.head()).containsEntry("content-length", Long.toString(SIZE));
            Map<String, String> refused = raw.assertProblem(416);
            assertThat(refused).containsEntry("content-range", "bytes */" + SIZE);
            assertThat(raw.head()).containsEntry("content-length", Long.toString(SIZE));
            assertThat(raw.body(100_000)).startsWith('S');
        }
    }
}
