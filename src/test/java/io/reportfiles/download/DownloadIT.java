package io.reportfiles.download;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.reportfiles.server.Deployed;
import io.reportfiles.server.OnServer;
import jakarta.json.JsonObject;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a reader gets from {@code /files}, seen from outside; RFC 9110 for a static resource. */
@OnServer
@Tag(OnServer.ANY_DATABASE)
class DownloadIT {

    private static final byte[] SMALL = "id,name\n1,Zoë\n".getBytes(UTF_8);
    private static final byte[] LARGE = Reader.randomBytes(9_000_001);

    private static Reader reader;
    private static String small;
    private static String large;

    @BeforeAll
    static void submit() throws Exception {
        reader = Reader.create();
        small = reader.submitted("Übersicht 3.csv", SMALL);
        large = reader.submitted("large.zip", LARGE);
    }

    @Nested
    class Answers {

        @Test
        void theHeadSaysEverythingOfTheFile() throws Exception {
            HttpResponse<byte[]> answer = Reader.get("files/" + small);
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(SMALL);
            assertThat(answer.statusCode()).isEqualTo(200);
            assertThat(answer.body()).isEqualTo(SMALL);
            assertThat(head(answer))
                    .containsEntry("content-length", Integer.toString(SMALL.length))
                    .containsEntry("etag", '"' + HexFormat.of().formatHex(digest) + '"')
                    .containsEntry(
                            "repr-digest", "sha-256=:" + Base64.getEncoder().encodeToString(digest) + ":")
                    .containsEntry("accept-ranges", "bytes")
                    .containsEntry(
                            "content-disposition",
                            "attachment; filename=\"Ubersicht 3.csv\"; filename*=UTF-8''%C3%9Cbersicht%203.csv")
                    .containsEntry("cache-control", "private, no-cache")
                    .containsEntry("x-content-type-options", "nosniff")
                    .containsEntry("content-security-policy", "sandbox; default-src 'none'")
                    .containsEntry("x-accel-buffering", "no")
                    .containsKey("last-modified");
            assertThat(head(answer).get("content-type")).startsWith("text/csv");
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "",
                    "/",
                    "/any%20name.csv",
                    "/a/",
                    "/a%2Fb",
                    "/%C3%9C.csv",
                    "/x;",
                    "/x%3By=z",
                    "?a=b&c",
                    "/x?disposition=other"
                })
        void whatFollowsTheIdOnlyNamesTheFile(String rest) throws Exception {
            HttpResponse<byte[]> answer = Reader.get("files/" + small + rest);
            assertThat(answer.statusCode()).isEqualTo(200);
            assertThat(answer.body()).isEqualTo(SMALL);
        }

        @Test
        void aLargeFileComesWhole() throws Exception {
            assertThat(Reader.get("files/" + large).body()).isEqualTo(LARGE);
        }

        @Test
        void anEmptyFileIsAnEmptyBody() throws Exception {
            String id = reader.submitted("empty.txt", new byte[0]);
            HttpResponse<byte[]> answer = Reader.get("files/" + id);
            assertThat(answer.statusCode()).isEqualTo(200);
            assertThat(head(answer)).containsEntry("content-length", "0");
            assertThat(Reader.get("files/" + id, "Range", "bytes=0-").statusCode())
                    .isEqualTo(416);
        }

        @ParameterizedTest
        @ValueSource(booleans = {true, false})
        void headIsTheHeadOfGet(boolean isLarge) throws Exception {
            String path = "files/" + (isLarge ? large : small);
            HttpResponse<byte[]> head = Reader.send(Reader.request(path).method("HEAD", BodyPublishers.noBody()));
            Map<String, String> expected = head(Reader.get(path));
            Map<String, String> actual = head(head);
            Set.of("x-request-id", "date").forEach(name -> {
                expected.remove(name);
                actual.remove(name);
            });
            assertThat(head.statusCode()).isEqualTo(200);
            assertThat(head.body()).isEmpty();
            assertThat(actual).isEqualTo(expected);
        }

        @ParameterizedTest
        @ValueSource(strings = {"POST", "PUT", "DELETE", "PATCH"})
        void nothingElseIsAllowed(String method) throws Exception {
            HttpResponse<byte[]> answer =
                    Reader.send(Reader.request("files/" + small).method(method, BodyPublishers.noBody()));
            assertThat(answer.statusCode()).isEqualTo(405);
            assertThat(head(answer)).containsEntry("allow", "GET, HEAD, OPTIONS");
        }

        @Test
        void optionsAreTold() throws Exception {
            HttpResponse<byte[]> answer =
                    Reader.send(Reader.request("files/" + small).method("OPTIONS", BodyPublishers.noBody()));
            assertThat(answer.statusCode()).isEqualTo(204);
            assertThat(head(answer)).containsEntry("allow", "GET, HEAD, OPTIONS");
        }
    }

    @Nested
    class Parts {

        @ParameterizedTest
        @CsvSource({
            "bytes=0-0, 0, 0",
            "bytes=100-199, 100, 199",
            "bytes=8999999-, 8999999, 9000000",
            "bytes=-10, 8999991, 9000000",
            "bytes=-99999999, 0, 9000000",
            "bytes=4000000-99999999, 4000000, 9000000",
        })
        void aRangeIsSentAlone(String range, int first, int last) throws Exception {
            HttpResponse<byte[]> answer = Reader.get("files/" + large, "Range", range);
            assertThat(answer.statusCode()).isEqualTo(206);
            assertThat(head(answer))
                    .containsEntry("content-range", "bytes %d-%d/9000001".formatted(first, last))
                    .containsEntry("content-length", Integer.toString(last - first + 1));
            assertThat(answer.body()).isEqualTo(Arrays.copyOfRange(LARGE, first, last + 1));
        }

        @Test
        void severalRangesAreFramed() throws Exception {
            HttpResponse<byte[]> answer = Reader.get("files/" + large, "Range", "bytes=8000000-8999999,5-9,-1,7-10");
            String type = head(answer).get("content-type");
            String boundary = type.substring(type.indexOf("boundary=") + 9);
            String text = new String(answer.body(), ISO_8859_1);
            assertThat(answer.statusCode()).isEqualTo(206);
            assertThat(head(answer)).containsEntry("content-length", Integer.toString(answer.body().length));
            assertThat(text)
                    .startsWith("--" + boundary + "\r\n")
                    .endsWith("\r\n--" + boundary + "--\r\n")
                    .contains(
                            "Content-Range: bytes 8000000-9000000/9000001\r\n\r\n",
                            "Content-Range: bytes 5-10/9000001\r\n\r\n"
                                    + new String(Arrays.copyOfRange(LARGE, 5, 11), ISO_8859_1)
                                    + "\r\n");
        }

        @Test
        void aRangePastTheEndIsUnsatisfiable() throws Exception {
            HttpResponse<byte[]> answer = Reader.get("files/" + small, "Range", "bytes=1000-");
            assertThat(answer.statusCode()).isEqualTo(416);
            assertThat(head(answer)).containsEntry("content-range", "bytes */" + SMALL.length);
            assertThat(Reader.json(answer.body()).getInt("status")).isEqualTo(416);
        }

        @Test
        void aMalformedRangeIsIgnored() throws Exception {
            assertThat(Reader.get("files/" + small, "Range", "bytes=5-1").statusCode())
                    .isEqualTo(200);
        }

        @Test
        void ifRangeDecidesBetweenThePartAndTheWhole() throws Exception {
            Map<String, String> head = head(Reader.get("files/" + small));
            for (String validator : new String[] {head.get("etag"), head.get("last-modified")}) {
                assertThat(Reader.get("files/" + small, "Range", "bytes=0-1", "If-Range", validator)
                                .statusCode())
                        .isEqualTo(206);
            }
            assertThat(Reader.get("files/" + small, "Range", "bytes=0-1", "If-Range", "\"other\"")
                            .body())
                    .isEqualTo(SMALL);
        }
    }

    @Nested
    class Conditions {

        @Test
        void whatTheReaderHasIsNotSentAgain() throws Exception {
            Map<String, String> head = head(Reader.get("files/" + small));
            HttpResponse<byte[]> byTag = Reader.get("files/" + small, "If-None-Match", "\"x\", W/" + head.get("etag"));
            HttpResponse<byte[]> byDate = Reader.get("files/" + small, "If-Modified-Since", head.get("last-modified"));
            assertThat(byTag.statusCode()).isEqualTo(304);
            assertThat(byTag.body()).isEmpty();
            assertThat(head(byTag)).containsEntry("etag", head.get("etag"));
            assertThat(byDate.statusCode()).isEqualTo(304);
            assertThat(Reader.lastTransfer(small, Reader.ended("NOT_MODIFIED")).getInt("bytes"))
                    .isZero();
        }

        @Test
        void whatIsNotAsExpectedIsNotSent() throws Exception {
            assertThat(Reader.get("files/" + small, "If-Match", "\"x\"").statusCode())
                    .isEqualTo(412);
            assertThat(Reader.get("files/" + small, "If-Unmodified-Since", "Sun, 06 Nov 1994 08:49:37 GMT")
                            .statusCode())
                    .isEqualTo(412);
        }
    }

    @Nested
    class Access {

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "files/",
                    "files/1",
                    "files/not-an-id",
                    "files/00000000-0000-4000-8000-000000000000",
                    "files/0-0-0-0-0",
                    "files/A/2026/Q5/B/latest",
                    "files/A/2026/Q3/B/v0",
                    "files/A/2026/Q3/B/v1",
                    "files/A/2026/Q3/B/latest",
                })
        void whatDoesNotExistIsNotFound(String path) throws Exception {
            HttpResponse<byte[]> answer = Reader.get(path);
            assertThat(answer.statusCode()).isEqualTo(404);
            assertThat(head(answer).get("content-type")).startsWith("application/problem+json");
        }

        /** Payara refuses these before the application sees them, and has no document to say so. */
        @ParameterizedTest
        @ValueSource(strings = {"files/..%2F..%2Fetc%2Fpasswd", "files/%00", "files/%2E%2E/WEB-INF/web.xml"})
        void pathsThatLeadElsewhereLeadNowhere(String path) throws Exception {
            assertThat(Reader.get(path).statusCode()).isIn(400, 404);
        }

        @Test
        void readersOfAnotherOrganisationAreRefusedAndNoted() throws Exception {
            String foreign = Reader.create().account("ANALYST");
            HttpResponse<byte[]> answer =
                    Reader.send(Reader.anonymous("files/" + small).header("Authorization", foreign));
            assertThat(answer.statusCode()).isEqualTo(403);
            assertThat(Reader.lastTransfer(small, Reader.ended("REFUSED")).getInt("bytes"))
                    .isZero();
        }

        @ParameterizedTest
        @CsvSource({"READER, 200", "ANALYST, 200", "AUDITOR, 403", "REGIONAL_REVIEWER, 403"})
        void theOwnOrganisationsFilesAreForThoseWhoMayReadBytes(String role, int status) throws Exception {
            HttpResponse<byte[]> answer =
                    Reader.send(Reader.anonymous("files/" + small).header("Authorization", reader.account(role)));
            assertThat(answer.statusCode()).isEqualTo(status);
        }

        @Test
        void permalinksTellStrangersNothing() throws Exception {
            String foreign = Reader.create().account("READER");
            for (String organisation : new String[] {reader.organisation, "nobody"}) {
                HttpResponse<byte[]> answer =
                        Reader.send(Reader.anonymous("files/%s/2026/Q3/%s/latest".formatted(organisation, organisation))
                                .header("Authorization", foreign));
                assertThat(answer.statusCode()).isEqualTo(403);
            }
        }

        @Test
        void permalinksLeadToVersions() throws Exception {
            Reader own = Reader.create();
            String first = own.submitted("a b.csv", SMALL);
            String second = own.submitted("c.csv", SMALL);
            String series = "files/%1$s/2026/Q3/%1$s/".formatted(own.organisation);
            HttpResponse<byte[]> latest = Reader.get(series + "latest");
            assertThat(latest.statusCode()).isEqualTo(302);
            assertThat(head(latest)).containsEntry("cache-control", "no-store");
            assertThat(head(latest).get("location")).endsWith("/files/" + second + "/c.csv");
            assertThat(head(Reader.get(series + "v1")).get("location")).endsWith("/files/" + first + "/a%20b.csv");
            assertThat(Reader.get(series + "v3").statusCode()).isEqualTo(404);
        }

        @Test
        void permalinksThatAMailProgramAlteredLeadToThoseThatItMeant() throws Exception {
            Reader own = Reader.create();
            own.submitted("a.csv", SMALL);
            String foreign = Reader.create().account("READER");
            String reading = own.account("READER");
            String path = "files/%1$s/2026/Q3/%1$s/".formatted(own.organisation);
            String otherCase = "files/%1$s/2026/q3/%1$s/".formatted(swapCase(own.organisation));
            for (String altered : List.of(
                    path + "latest/",
                    path + "latest.",
                    path + "latest),",
                    path + "latest%3E",
                    path + "latest%20",
                    path + "latest%E2%80%9D",
                    path + "LATEST",
                    otherCase + "latest",
                    otherCase + "Latest).")) {
                HttpResponse<byte[]> answer = readAs(reading, altered);
                assertThat(answer.statusCode()).as(altered).isEqualTo(302);
                assertThat(head(answer)).containsEntry("cache-control", "no-store");
                assertThat(head(answer).get("location")).endsWith("/" + path + "latest");
                assertThat(readAs(foreign, altered).statusCode()).isEqualTo(403);
            }
            assertThat(head(readAs(reading, otherCase + "V1,")).get("location")).endsWith("/" + path + "v1");
            assertThat(readAs(reading, path + "V2.").statusCode()).isEqualTo(404);
            assertThat(readAs(reading, path + "latest/x").statusCode()).isEqualTo(404);
        }

        private static String swapCase(String code) {
            return code.equals(code.toLowerCase(Locale.ROOT))
                    ? code.toUpperCase(Locale.ROOT)
                    : code.toLowerCase(Locale.ROOT);
        }

        private static HttpResponse<byte[]> readAs(String authorization, String path) throws Exception {
            return Reader.send(Reader.anonymous(path).header("Authorization", authorization));
        }

        @Test
        void withdrawnFilesAreGone() throws Exception {
            String id = reader.submitted("withdrawn.csv", SMALL);
            HttpResponse<byte[]> withdrawn = Reader.send(
                    Reader.request("api/report-files/" + id + "/withdraw").POST(BodyPublishers.noBody()));
            assertThat(withdrawn.statusCode()).isEqualTo(200);
            HttpResponse<byte[]> answer = Reader.get("files/" + id);
            assertThat(answer.statusCode()).isEqualTo(410);
            assertThat(Reader.json(answer.body()).getString("detail")).contains("withdrawn");
            Reader.send(Reader.request("api/report-files/" + id + "/restore").POST(BodyPublishers.noBody()));
            assertThat(Reader.get("files/" + id).body()).isEqualTo(SMALL);
        }

        @Test
        void nobodyReadsWithoutSigningIn() throws Exception {
            HttpResponse<byte[]> script = Reader.send(Reader.anonymous("files/" + small));
            assertThat(script.statusCode()).isEqualTo(401);
            assertThat(script.headers().allValues("WWW-Authenticate")).anyMatch(value -> value.startsWith("Basic "));
            HttpResponse<byte[]> browser =
                    Reader.send(Reader.anonymous("files/" + small).header("Accept", "text/html,*/*;q=0.8"));
            assertThat(browser.statusCode()).isEqualTo(302);
            assertThat(head(browser).get("location")).contains("/login?return=%2Ffiles%2F" + small);
        }
    }

    @Nested
    class Connections {

        @Test
        void oneConnectionCarriesPipelinedRequestsOfAnyOutcome() throws Exception {
            try (RawReader raw = new RawReader()) {
                raw.request("GET", "files/" + small, "1.1");
                raw.request("GET", "files/" + large, "1.1", "Range: bytes=0-199999");
                raw.request("HEAD", "files/" + large, "1.1");
                raw.request("GET", "files/" + UUID.randomUUID(), "1.1");
                raw.request("GET", "files/" + small, "1.1", "Connection: close");
                raw.assertAnswer(200, SMALL);
                raw.assertAnswer(206, Arrays.copyOf(LARGE, 200_000));
                assertThat(raw.head()).containsEntry("content-length", "9000001");
                Map<String, String> missing = raw.head();
                assertThat(missing.get("")).contains(" 404");
                raw.body(Integer.parseInt(missing.get("content-length")));
                raw.assertAnswer(200, SMALL);
                assertThat(raw.untilEnd()).isEmpty();
            }
        }

        @Test
        void theOldProtocolIsServed() throws Exception {
            try (RawReader raw = new RawReader()) {
                raw.request("GET", "files/" + large, "1.0");
                assertThat(raw.head()).containsEntry("content-length", "9000001");
                assertThat(raw.untilEnd()).isEqualTo(LARGE);
            }
        }

        @Test
        void aReaderWhoPausesGetsEveryByteInTheEnd() throws Exception {
            try (RawReader raw = new RawReader()) {
                raw.request("GET", "files/" + large, "1.1");
                raw.head();
                byte[] start = raw.body(10_000);
                Thread.sleep(2000); // longer than a connection to S3 is kept
                byte[] middle = raw.body(3_000_000);
                Thread.sleep(1000);
                byte[] end = raw.body(LARGE.length - 3_010_000);
                assertThat(start).isEqualTo(Arrays.copyOf(LARGE, 10_000));
                assertThat(middle).isEqualTo(Arrays.copyOfRange(LARGE, 10_000, 3_010_000));
                assertThat(end).isEqualTo(Arrays.copyOfRange(LARGE, 3_010_000, LARGE.length));
            }
        }

        @Test
        void smallFilesForAReaderWhoPausesArriveInTheEnd() throws Exception {
            byte[] content = Reader.randomBytes(60_000);
            String id = reader.submitted("often.zip", content);
            int times = 200; // more than sockets hold
            try (RawReader raw = new RawReader()) {
                for (int i = 0; i < times; i++) {
                    raw.request("GET", "files/" + id, "1.1");
                }
                Thread.sleep(500); // longer than a connection to S3 is kept
                for (int i = 0; i < times; i++) {
                    raw.assertAnswer(200, content);
                }
            }
        }

        @Test
        void aReaderWhoTakesNothingIsLeft() throws Exception {
            String id = reader.submitted("stalled.zip", Reader.randomBytes(40_000_000));
            try (RawReader raw = new RawReader()) {
                raw.request("GET", "files/" + id, "1.1");
                raw.head();
                JsonObject row = Reader.lastTransfer(id, Reader.ended("CLIENT_GONE"));
                assertThat(row.getInt("bytes")).isLessThan(40_000_000);
                assertThat(raw.untilEnd()).hasSizeLessThan(40_000_000);
            }
        }

        @Test
        void aReaderWhoLeavesIsNoted() throws Exception {
            String id = reader.submitted("left.zip", Reader.randomBytes(40_000_000));
            try (RawReader raw = new RawReader()) {
                raw.request("GET", "files/" + id, "1.1", "User-Agent: leaver");
                raw.head();
                raw.body(100_000);
            }
            JsonObject row = Reader.lastTransfer(id, Reader.ended("CLIENT_GONE"));
            assertThat(row.getString("userAgent")).isEqualTo("leaver");
            assertThat(row.getString("account")).isEqualTo(Deployed.ADMIN);
            assertThat(row.getInt("bytes")).isBetween(100_000, 39_999_999);
        }

        @Test
        void whatReadersHadIsGivenBack() throws Exception {
            String id = reader.submitted("given-back.zip", Reader.randomBytes(40_000_000));
            Reader.get("files/" + id);
            try (RawReader raw = new RawReader()) {
                raw.request("GET", "files/" + id, "1.1");
                raw.head();
                raw.body(1_000_000);
            }
            Reader.lastTransfer(id, Reader.ended("CLIENT_GONE"));
            String free = "reportfiles_download_store_streams_free 96.0";
            long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(5);
            String metrics = "";
            while (!metrics.contains(free) && System.nanoTime() < deadline) {
                metrics = new String(Reader.get("metrics").body(), UTF_8);
            }
            assertThat(metrics).contains(free, "reportfiles_download_active 0.0");
        }

        @Test
        void aCompleteDownloadIsNoted() throws Exception {
            String id = reader.submitted("noted.zip", LARGE);
            Reader.get("files/" + id, "Range", "bytes=1000000-8999999");
            JsonObject row = Reader.lastTransfer(id, Reader.ended("COMPLETE"));
            assertThat(row.getInt("bytes")).isEqualTo(8_000_000);
            assertThat(row.getInt("first")).isEqualTo(1_000_000);
            assertThat(row.getInt("length")).isEqualTo(8_000_000);
        }
    }

    private static Map<String, String> head(HttpResponse<byte[]> answer) {
        Map<String, String> head = new TreeMap<>();
        answer.headers().map().forEach((name, values) -> head.put(name, String.join(", ", values)));
        return head;
    }
}
