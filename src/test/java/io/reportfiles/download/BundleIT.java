package io.reportfiles.download;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.reportfiles.dev.FaultProxy.Ending;
import io.reportfiles.dev.FaultProxy.Fault;
import io.reportfiles.server.Deployed;
import io.reportfiles.server.OnServer;
import jakarta.json.JsonObject;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Several files in one ZIP file, from outside. */
@OnServer
@Tag(OnServer.ANY_DATABASE)
class BundleIT {

    private static final byte[] LARGE = Reader.randomBytes(9_000_000);
    private static final byte[] SMALL = "id,name\n1,Zoë\n".getBytes(UTF_8);

    private static Reader reader;
    private static String large;
    private static String small;
    private static String empty;
    private static String analyst;

    @BeforeAll
    static void submit() throws Exception {
        reader = Reader.create();
        large = reader.submitted("large.zip", LARGE);
        small = reader.submitted("Übersicht.csv", SMALL);
        empty = reader.submitted("übersicht.csv", new byte[0]);
        analyst = reader.account("ANALYST");
    }

    @AfterEach
    void lift() {
        Deployed.faults().lift();
    }

    @Test
    void filesComeInOneZipFileOfKnownLength() throws Exception {
        HttpResponse<byte[]> answer = get(path(large, small, empty));

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("Content-Type")).contains("application/zip");
        assertThat(answer.headers().firstValueAsLong("Content-Length")).hasValue(answer.body().length);
        assertThat(answer.headers().firstValue("Content-Disposition"))
                .hasValueSatisfying(value -> assertThat(value).startsWith("attachment; filename=\"report-files.zip\""));
        assertThat(answer.headers().firstValue("Repr-Digest")).isEmpty();
        assertThat(unzipped(answer.body()))
                .containsExactly(
                        Map.entry("large.zip", LARGE),
                        Map.entry("Übersicht.csv", SMALL),
                        Map.entry("übersicht (2).csv", new byte[0]));
    }

    @Test
    void headIsTheHeadOfGet() throws Exception {
        HttpResponse<byte[]> get = get(path(small, empty));
        HttpResponse<byte[]> head =
                Reader.send(Reader.request(path(small, empty)).method("HEAD", BodyPublishers.noBody()));
        for (String field : List.of("Content-Length", "ETag", "Last-Modified", "Accept-Ranges", "Content-Type")) {
            assertThat(head.headers().firstValue(field))
                    .as(field)
                    .isPresent()
                    .isEqualTo(get.headers().firstValue(field));
        }
    }

    @Test
    void aBrokenDownloadGoesOnWhereItStopped() throws Exception {
        byte[] whole = get(path(large, small)).body();
        String tag = tag(path(large, small));
        int cut = 5_000_001;
        HttpResponse<byte[]> rest =
                Reader.send(Reader.request(path(large, small)).headers("Range", "bytes=" + cut + "-", "If-Range", tag));
        assertThat(rest.statusCode()).isEqualTo(206);
        assertThat(rest.body()).isEqualTo(Arrays.copyOfRange(whole, cut, whole.length));

        HttpResponse<byte[]> end = Reader.get(path(large, small), "Range", "bytes=-22");
        assertThat(end.body()).isEqualTo(Arrays.copyOfRange(whole, whole.length - 22, whole.length));
        HttpResponse<byte[]> parts = Reader.get(path(large, small), "Range", "bytes=0-3,9000000-9000200");
        assertThat(parts.headers().firstValue("Content-Type"))
                .hasValueSatisfying(type -> assertThat(type).startsWith("multipart/byteranges"));
        assertThat(Reader.get(path(large, small), "Range", "bytes=99999999-").statusCode())
                .isEqualTo(416);
        assertThat(Reader.get(path(large, small), "If-None-Match", tag).statusCode())
                .isEqualTo(304);
        assertThat(tag(path(small, large))).isNotEqualTo(tag);
    }

    @Test
    void connectionsToTheStoreThatBreakAreReplaced() throws Exception {
        byte[] whole = get(path(small, large)).body();
        Deployed.faults().set(new Fault.CutAfter(2_500_000, Ending.FIN));
        assertThat(get(path(small, large)).body()).isEqualTo(whole);
    }

    @Test
    void eachFileHasItsRowInTheLedger() throws Exception {
        String first = reader.submitted("first.csv", SMALL);
        String second = reader.submitted("second.csv", SMALL);
        byte[] whole = get(path(first, second)).body();
        assertThat(Reader.lastTransfer(first, Reader.ended("COMPLETE")).getInt("bytes"))
                .isEqualTo(SMALL.length);
        assertThat(Reader.lastTransfer(second, Reader.ended("COMPLETE")).getInt("fileBytes"))
                .isEqualTo(SMALL.length);

        Reader.get(path(first, second), "Range", "bytes=0-55"); // the head of the first and some of its bytes
        Reader.get(path(first, second), "If-None-Match", tag(path(first, second)));
        assertThat(rows(first))
                .extracting(row -> row.getString("outcome"))
                .containsExactly("NOT_MODIFIED", "COMPLETE", "COMPLETE");
        assertThat(rows(second)).hasSize(2);
        assertThat(whole).startsWith('P', 'K');
    }

    @Test
    void allIsRefusedIfOneIs() throws Exception {
        String foreign = Reader.create().submitted("foreign.csv", SMALL);
        String withdrawn = reader.submitted("withdrawn.csv", SMALL);
        Reader.send(
                Reader.request("api/report-files/" + withdrawn + "/withdraw").POST(BodyPublishers.noBody()));

        assertThat(status(analyst, path(small, empty))).isEqualTo(200);
        assertThat(status(analyst, path(small, foreign))).isEqualTo(403);
        assertThat(status(analyst, path(small, withdrawn))).isEqualTo(410);
        assertThat(status(analyst, path(small, UUID.randomUUID().toString()))).isEqualTo(404);
        assertThat(status(reader.account("REGIONAL_REVIEWER"), path(small))).isEqualTo(403);
        assertThat(Reader.send(Reader.anonymous(path(small))).statusCode()).isEqualTo(401);
        assertThat(rows(foreign)).extracting(row -> row.getInt("status")).containsExactly(403);
    }

    @Test
    void nothingIsPromisedOfWhatIsNotThere() throws Exception {
        String lost = reader.submitted("lost.csv", SMALL);
        Files.delete(StoredObjects.fileOf(lost));
        assertThat(get(path(large, small, lost)).statusCode()).isEqualTo(410);
        assertThat(get(path(large, small)).statusCode()).isEqualTo(200);
        Reader.lastTransfer(lost, Reader.ended("STORAGE_FAILED"));
        Reader.lastTransfer(large, Reader.ended("COMPLETE"));
    }

    @Test
    void oneToAHundredFilesCanBeAskedFor() throws Exception {
        assertThat(get("files.zip").statusCode()).isEqualTo(400);
        assertThat(get("files.zip?id=").statusCode()).isEqualTo(404);
        String[] many = new String[101];
        Arrays.setAll(many, i -> UUID.randomUUID().toString());
        assertThat(get(path(many)).statusCode()).isEqualTo(400);
        assertThat(get(path(Arrays.copyOf(many, 100))).statusCode()).isEqualTo(404);
        assertThat(unzipped(get(path(Collections.nCopies(100, small).toArray(String[]::new)))
                        .body()))
                .hasSize(1);
    }

    @Test
    void theDamagedFileAndNoOtherIsSaidToBeDamaged() throws Exception {
        String good = reader.submitted("good.zip", LARGE);
        String bad = reader.submitted("bad.zip", LARGE);
        StoredObjects.damage(bad);
        try (RawReader raw = new RawReader()) {
            raw.request("GET", path(good, bad, small), "1.1");
            long length = Long.parseLong(raw.head().get("content-length"));
            assertThat(raw.untilEnd().length).isLessThan((int) length);
        }
        Reader.lastTransfer(bad, Reader.ended("INTEGRITY_FAILED"));
        Reader.lastTransfer(good, Reader.ended("COMPLETE"));
        assertThat(Reader.json(Reader.get("api/report-files/" + small).body())).doesNotContainKey("damagedAt");
        assertThat(Reader.get(path(good, bad), "Range", "bytes=0-9").statusCode())
                .as("a part can't be verified")
                .isEqualTo(502);
    }

    private static HttpResponse<byte[]> get(String path) throws Exception {
        return Reader.get(path);
    }

    private static int status(String authorization, String path) throws Exception {
        HttpRequest.Builder request = Reader.anonymous(path).header("Authorization", authorization);
        return Reader.send(request).statusCode();
    }

    private static String tag(String path) throws Exception {
        return Reader.send(Reader.request(path).method("HEAD", BodyPublishers.noBody()))
                .headers()
                .firstValue("ETag")
                .orElseThrow();
    }

    private static String path(String... ids) {
        return "files.zip?id=" + String.join("&id=", ids);
    }

    private static List<JsonObject> rows(String id) throws Exception {
        return Reader.json(Reader.get("api/report-files/" + id + "/transfers").body())
                .getJsonArray("items")
                .getValuesAs(JsonObject.class);
    }

    private static Map<String, byte[]> unzipped(byte[] zip) throws IOException {
        Map<String, byte[]> contents = new LinkedHashMap<>();
        try (ZipInputStream stream = new ZipInputStream(new ByteArrayInputStream(zip))) {
            for (ZipEntry entry = stream.getNextEntry(); entry != null; entry = stream.getNextEntry()) {
                ByteArrayOutputStream content = new ByteArrayOutputStream();
                stream.transferTo(content);
                contents.put(entry.getName(), content.toByteArray());
            }
        }
        return contents;
    }
}
