package io.reportfiles.download;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.reportfiles.server.Deployed;
import io.reportfiles.server.OnServer;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What passes over a reader's connection byte by byte: requests that no HTTP library sends, and how their answers end. */
@OnServer
@Tag(OnServer.ANY_DATABASE)
class WireIT {

    private static final byte[] SMALL = "id,name\n1,Zoë\n".getBytes(UTF_8);
    private static final byte[] LARGE = Reader.randomBytes(1_000_003);

    private static Reader reader;
    private static String small;
    private static String large;
    private static String empty;

    @BeforeAll
    static void submit() throws Exception {
        reader = Reader.create();
        small = "files/" + reader.submitted("small.csv", SMALL);
        large = "files/" + reader.submitted("large.zip", LARGE);
        empty = "files/" + reader.submitted("empty.txt", new byte[0]);
    }

    @Test
    void everyKindOfAnswerLeavesTheConnectionWhereTheNextOneBegins() throws Exception {
        try (RawReader raw = new RawReader()) {
            raw.sendAtOnce(
                    RawReader.head("GET", small, "1.1"),
                    RawReader.head("HEAD", large, "1.1"),
                    RawReader.head("GET", small, "1.1", "If-None-Match: *"),
                    RawReader.head("HEAD", small, "1.1", "If-None-Match: *"),
                    RawReader.head("GET", small, "1.1", "Range: bytes=500-"),
                    RawReader.head("GET", large, "1.1", "Range: bytes=-200000"),
                    RawReader.head("GET", small, "1.1", "If-Match: \"x\""),
                    RawReader.head("GET", empty, "1.1"),
                    RawReader.head("OPTIONS", small, "1.1"),
                    RawReader.head("GET", small, "1.1", "Range: bytes=0-0,2-3"),
                    RawReader.head("GET", large, "1.1", "Connection: close"));
            raw.assertAnswer(200, SMALL);
            assertThat(raw.head()).containsEntry("content-length", "1000003");
            assertThat(raw.head().get("")).contains(" 304");
            Map<String, String> notModified = raw.head();
            assertThat(notModified.get("")).contains(" 304");
            assertThat(notModified.getOrDefault("content-length", "15"))
                    .as("that of a 200, if any")
                    .isEqualTo("15");
            raw.assertProblem(416);
            raw.assertAnswer(206, Arrays.copyOfRange(LARGE, 800_003, 1_000_003));
            raw.assertProblem(412);
            raw.assertAnswer(200, new byte[0]);
            assertThat(raw.head().get("")).contains(" 204");
            Map<String, String> parts = raw.head();
            String body = new String(raw.body(Integer.parseInt(parts.get("content-length"))), ISO_8859_1);
            assertThat(body)
                    .startsWith("--")
                    .contains(
                            "Content-Range: bytes 0-0/15\r\n\r\ni\r\n--", "Content-Range: bytes 2-3/15\r\n\r\n,n\r\n--")
                    .endsWith("--\r\n");
            raw.assertAnswer(200, LARGE);
            assertThat(raw.untilEnd()).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "Range: bytes=0-1", "If-None-Match: *", "If-Match: \"x\""})
    void headIsTheHeadOfGetLineByLine(String field) throws Exception {
        for (String path : new String[] {small, large, empty}) {
            try (RawReader get = new RawReader();
                    RawReader head = new RawReader()) {
                // Range is for GET alone: what HEAD is compared with is the answer without it.
                get.sendAtOnce(RawReader.head("GET", path, "1.1", field.startsWith("Range") ? "X: y" : field));
                head.sendAtOnce(RawReader.head("HEAD", path, "1.1", field, "Connection: close"));
                List<String> expected = withoutWhatChanges(get.headText());
                List<String> actual = withoutWhatChanges(head.headText());
                assertThat(actual).isEqualTo(expected);
                assertThat(head.untilEnd()).as("no byte of a body").isEmpty();
            }
        }
    }

    /** The head's lines in any order, but for what differs between any two answers. */
    private static List<String> withoutWhatChanges(String head) {
        boolean mayDiffer = head.startsWith("HTTP/1.1 412") // the problem document names the request
                || head.startsWith("HTTP/1.1 304"); // of which nobody has to tell the length
        return head.lines()
                .filter(line -> !line.matches("(?i)(date|x-request-id|connection|keep-alive):.*"))
                .filter(line -> !mayDiffer || !line.matches("(?i)content-length:.*"))
                .sorted()
                .toList();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "bytes=0- | 416",
                "bytes=0-0 | 416",
                "bytes=5-9,0- | 416",
                "bytes=-0 | 416",
                "bytes=-1 | 200",
                "bytes=0-,-1 | 200",
                "bytes=1-0 | 200",
                "bytes= | 200",
                "lines=0-1 | 200",
            })
    void noRangeOfAnEmptyFileIsMoreThanNothing(String range, int status) throws Exception {
        try (RawReader raw = new RawReader()) {
            raw.sendAtOnce(RawReader.head("GET", empty, "1.1", "Range: " + range));
            if (status == 200) {
                raw.assertAnswer(200, new byte[0]);
            } else {
                assertThat(raw.assertProblem(status)).containsEntry("content-range", "bytes */0");
            }
        }
    }

    @Test
    void anOldClientIsToldTheLengthAndWhetherItsConnectionStays() throws Exception {
        try (RawReader raw = new RawReader()) {
            raw.sendAtOnce(RawReader.head("GET", small, "1.0", "Connection: keep-alive"));
            Map<String, String> head = raw.head();
            assertThat(head).containsEntry("content-length", "15").doesNotContainKey("transfer-encoding");
            assertThat(raw.body(SMALL.length)).isEqualTo(SMALL);
            if (head.getOrDefault("connection", "close").equalsIgnoreCase("keep-alive")) {
                raw.sendAtOnce(RawReader.head("GET", small, "1.0"));
                raw.assertAnswer(200, SMALL);
            }
            assertThat(raw.untilEnd()).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"/a%2Fb%2f..csv", "/%F0%9F%93%88", "/a+b", "//", "/;"})
    void whatSurroundsTheIdNamesNothing(String rest) throws Exception {
        assertServed(small + rest);
    }

    @ParameterizedTest
    @CsvSource({
        ";a=b, 400",
        ";a=b/c;d=e, 400",
        "/name.csv;report-files-session=x, 400",
        "/small.csv/more, 404",
        "/small.csv/more/, 404",
        "/a/b/c, 404",
        "//small.csv//more, 404"
    })
    void whatStandsBehindTheNameIsRefused(String rest, int status) throws Exception {
        try (RawReader raw = new RawReader()) {
            raw.sendAtOnce(RawReader.head("GET", small + rest, "1.1"));
            raw.assertProblem(status);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "?disposition=%ZZ",
                "?%",
                "?disposition=%FF",
                "?disposition=attachment&disposition=inline",
                "?&&=&=x",
                "?a=b?c"
            })
    void noQueryIsAFailure(String query) throws Exception {
        try (RawReader raw = new RawReader()) {
            raw.sendAtOnce(RawReader.head("GET", small + query, "1.1"));
            assertThat(raw.head().get("")).containsPattern(" (200|400)");
        }
    }

    /** Payara refuses such a request, as RFC 9110 §9.3.1 allows: it may be two, to somebody on the way. */
    @ParameterizedTest
    @ValueSource(strings = {"Content-Length: 18\r\n\r\n", "Transfer-Encoding: chunked\r\n\r\n12\r\n"})
    void aBodyOfGetMeansNothing(String framing) throws Exception {
        String body = "disposition=inline";
        try (RawReader raw = new RawReader()) {
            raw.sendAtOnce(
                    RawReader.head("GET", small, "1.1", "Content-Type: application/x-www-form-urlencoded")
                                    .strip()
                            + "\r\n"
                            + framing
                            + body
                            + (framing.startsWith("Transfer") ? "\r\n0\r\n\r\n" : ""),
                    RawReader.head("GET", large, "1.1", "Connection: close"));
            Map<String, String> head = raw.head();
            if (head.get("").contains(" 200")) {
                assertThat(head.get("content-disposition")).startsWith("attachment;");
                assertThat(raw.body(SMALL.length)).isEqualTo(SMALL);
                raw.assertAnswer(200, LARGE);
            } else {
                assertThat(head.get("")).contains(" 400");
                assertThat(raw.untilEnd())
                        .as("the rest is not taken for a request")
                        .hasSizeLessThan(LARGE.length);
            }
        }
    }

    @Test
    void aFileIsShownInTheBrowserOnlyOnRequest() throws Exception {
        assertThat(Reader.get(small + "?disposition=inline").headers().firstValue("Content-Disposition"))
                .contains("inline; filename=\"small.csv\"; filename*=UTF-8''small.csv");
        assertThat(Reader.get(large + "?disposition=inline").headers().firstValue("Content-Disposition"))
                .contains("attachment; filename=\"large.zip\"; filename*=UTF-8''large.zip");
    }

    /** A browser guesses where it is told nothing, and shows Größe as GrÃ¶ÃŸe. */
    @Test
    void aTextIsShownOnlyInTheEncodingThatItIsKnownToHave() throws Exception {
        String text = "Größe;Maß\n".repeat(20_000); // of several buffers, with characters across their ends
        assertShown("utf8.csv", text.getBytes(UTF_8), "utf-8");
        assertShown("ascii.txt", "plain".getBytes(UTF_8), "utf-8");
        assertShown("empty.txt", new byte[0], "utf-8");
        assertShown("utf16.txt", ("\uFEFF" + text).getBytes(UTF_16LE), "utf-16");
        assertSaved("latin1.csv", text.getBytes(ISO_8859_1));
        assertSaved("utf16-without-mark.txt", "plain".getBytes(UTF_16LE));
        assertSaved("cut.txt", Arrays.copyOf("aé".getBytes(UTF_8), 2));
    }

    private static void assertShown(String name, byte[] content, String charset) throws Exception {
        String id = reader.submitted(name, content);
        for (String query : List.of("?disposition=inline", "")) {
            HttpResponse<byte[]> answer = Reader.get("files/" + id + query);
            assertThat(answer.headers().firstValue("Content-Type").orElseThrow().toLowerCase(Locale.ROOT))
                    .as(name)
                    .matches("text/(csv|plain); ?charset=" + charset);
            assertThat(answer.headers().firstValue("Content-Disposition"))
                    .hasValueSatisfying(
                            value -> assertThat(value).startsWith(query.isEmpty() ? "attachment;" : "inline;"));
            assertThat(answer.body()).isEqualTo(content);
        }
        JsonObject metadata = Reader.json(Reader.get("api/report-files/" + id).body());
        assertThat(metadata.getString("contentType")).matches("text/(csv|plain)");
        assertThat(metadata.getString("charset")).isEqualTo(charset);
    }

    private static void assertSaved(String name, byte[] content) throws Exception {
        String id = reader.submitted(name, content);
        HttpResponse<byte[]> answer = Reader.get("files/" + id + "?disposition=inline");
        assertThat(answer.headers().firstValue("Content-Type"))
                .as(name)
                .hasValueSatisfying(type -> assertThat(type).matches("text/(csv|plain)"));
        assertThat(answer.headers().firstValue("Content-Disposition"))
                .hasValueSatisfying(value -> assertThat(value).startsWith("attachment;"));
        assertThat(Reader.json(Reader.get("api/report-files/" + id).body())).doesNotContainKey("charset");
    }

    @Test
    void aTargetInAbsoluteFormIsTheSameFile() throws Exception {
        try (RawReader raw = new RawReader()) {
            String absolute = RawReader.head("GET", small, "1.1").replaceFirst(" /", " " + Deployed.baseUri());
            raw.sendAtOnce(absolute);
            raw.assertAnswer(200, SMALL);
        }
    }

    @Test
    void whoExpectsToBeAskedForABodyGetsTheFile() throws Exception {
        try (RawReader raw = new RawReader()) {
            raw.sendAtOnce(RawReader.head("GET", small, "1.1", "Expect: 100-continue", "Content-Length: 0"));
            Map<String, String> head = raw.head();
            if (head.get("").contains(" 100")) {
                head = raw.head();
            }
            assertThat(head.get("")).contains(" 200");
            assertThat(raw.body(SMALL.length)).isEqualTo(SMALL);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Range: bytes=0-1\r\nRange: bytes=0-1",
                "Range: bytes=0-1\r\nrange: bytes=5-6",
                "Range: bytes=0-1, bytes=5-6",
                "Range: bytes=0-1\r\nIf-Range: \"x\"",
                "Range: bytes=0-1\r\nIf-Range:",
            })
    void aRangeThatDoesNotStandIsTheWholeFile(String fields) throws Exception {
        try (RawReader raw = new RawReader()) {
            raw.sendAtOnce(RawReader.head("GET", small, "1.1", fields));
            raw.assertAnswer(200, SMALL);
        }
    }

    @Test
    void moreRangesThanAnybodyNeedsAreTheWholeFile() throws Exception {
        String most = ranges(64);
        try (RawReader raw = new RawReader()) {
            raw.sendAtOnce(
                    RawReader.head("GET", large, "1.1", "Range: bytes=" + most),
                    RawReader.head("GET", large, "1.1", "Range: bytes=" + ranges(65)),
                    RawReader.head("GET", large, "1.1", "Range: bytes=" + ranges(900)));
            Map<String, String> head = raw.head();
            assertThat(head.get("")).contains(" 206");
            byte[] parts = raw.body(Integer.parseInt(head.get("content-length")));
            assertThat(new String(parts, ISO_8859_1).split("Content-Range: ", -1))
                    .hasSize(65);
            raw.assertAnswer(200, LARGE);
            raw.assertAnswer(200, LARGE);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"Range", "If-None-Match", "If-Modified-Since"})
    void aFieldLongerThanAnybodyNeedsIsRefusedOrIgnored(String name) throws Exception {
        try (RawReader raw = new RawReader()) {
            raw.sendAtOnce(RawReader.head("GET", small, "1.1", name + ": bytes=" + "0-0,".repeat(50_000)));
            assertThat(raw.head().get("")).containsPattern(" (200|400|413|431)");
        } catch (IOException e) {
            // Refused by breaking the connection, since the rest of the head is still on its way.
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"get", "BREW", "TRACE", "PROPFIND", "CONNECT"})
    void otherMethodsAreRefused(String method) throws Exception {
        try (RawReader raw = new RawReader()) {
            raw.sendAtOnce(RawReader.head(method, small, "1.1"));
            assertThat(raw.head().get("")).containsPattern(" (400|405|501)");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"Sat Jan  1 00:00:00 2050", "Sat, 01 Jan 2050 00:00:00 GMT", "Saturday, 01-Jan-50 00:00:00 GMT"})
    void aDateIsUnderstoodInEachFormThereIs(String date) throws Exception {
        try (RawReader raw = new RawReader()) {
            raw.sendAtOnce(RawReader.head("GET", small, "1.1", "If-Modified-Since: " + date));
            assertThat(raw.head().get("")).contains(" 304");
        }
    }

    @Test
    void bytesPastAsciiInAFieldAreNoFailure() throws Exception {
        String tag = Reader.get(small).headers().firstValue("ETag").orElseThrow();
        try (RawReader raw = new RawReader()) {
            raw.sendAtOnce(
                    RawReader.head("GET", small, "1.1", "If-None-Match: \"\u00c3\u00a9\u00ff\", " + tag),
                    RawReader.head("GET", small, "1.1", "Range: bytes=\u00ff", "If-Modified-Since: \u00e9"));
            String status = raw.head().get("");
            assertThat(status).containsPattern(" (304|400)"); // Payara takes no such byte
            if (status.contains(" 304")) {
                raw.assertAnswer(200, SMALL);
            }
        }
    }

    private static void assertServed(String path) throws IOException {
        try (RawReader raw = new RawReader()) {
            raw.sendAtOnce(RawReader.head("GET", path, "1.1"));
            raw.assertAnswer(200, SMALL);
        }
    }

    private static String ranges(int count) {
        return IntStream.range(0, count).mapToObj(i -> 2 * i + "-" + 2 * i).collect(Collectors.joining(","));
    }
}
