package io.reportfiles.inspection;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.reportfiles.dev.FreePort;
import io.reportfiles.server.OwnServer;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.s3.S3Client;

/** Submissions to a deployed application that has everything scanned, in one request and in several. */
class ScannedSubmissionIT {

    private static final String QUERY = "organisation=ak&year=2026&quarter=Q3&section=data&filename=data.csv";
    private static final byte[] MALWARE = ("a,b\n" + ClamdServer.EICAR).getBytes(US_ASCII);
    private static final byte[] CLEAN = "a,b\n1,2\n".getBytes(US_ASCII);

    @TempDir
    static Path directory;

    private static final int CLAMD_PORT = FreePort.find();
    private static ClamdServer clamd;
    private static OwnServer server;

    @BeforeAll
    static void start() throws Exception {
        clamd = startClamd("clamd");
        server = OwnServer.in(
                Files.createDirectory(directory.resolve("server")),
                Map.of(
                        "REPORTFILES_SCAN_MODE",
                        "required",
                        "REPORTFILES_SCAN_CLAMD",
                        "tcp://127.0.0.1:" + CLAMD_PORT,
                        "REPORTFILES_SCAN_STREAM_LIMIT",
                        Integer.toString(ClamdServer.STREAM_LIMIT)));
        server.start();
        server.create("organisations", "{\"code\":\"ak\",\"name\":\"Alaska\",\"type\":\"state\"}");
        server.create(
                "sections", "{\"code\":\"data\",\"title\":\"Data\",\"extensions\":[\"csv\"],\"maxBytes\":100000000}");
    }

    @AfterAll
    static void stop() {
        server.close();
        clamd.close();
    }

    private static ClamdServer startClamd(String name) throws IOException, InterruptedException {
        return ClamdServer.start(Files.createDirectory(directory.resolve(name)), CLAMD_PORT);
    }

    @Test
    void cleanFilesBecomeAvailable() throws Exception {
        assertThat(submit(CLEAN).statusCode()).isEqualTo(201);
        HttpResponse<String> last = upload(CLEAN);
        assertThat(last.statusCode()).as(last.body()).isEqualTo(201);
        assertThat(last.headers().firstValue("Report-File")).isPresent();
    }

    @Test
    void malwareIsRefusedByItsNameAndNothingOfItStays() throws Exception {
        long stored = stored();
        for (HttpResponse<String> answer : List.of(submit(MALWARE), upload(MALWARE))) {
            assertThat(answer.statusCode()).as(answer.body()).isEqualTo(422);
            assertThat(answer.body()).contains("Eicar-Test-Signature");
        }
        assertThat(stored()).isEqualTo(stored);
        String audit = server.send(OwnServer.request(server.address("api/audit?action=MALWARE_REFUSED")))
                .body();
        assertThat(audit).contains("\"total\":2", "Eicar-Test-Signature", "data.csv");
    }

    @Test
    void fileThatIsTooLargeToScanIsRefused() throws Exception {
        byte[] large = new byte[ClamdServer.STREAM_LIMIT + 1];
        for (HttpResponse<String> answer : List.of(submit(large), upload(large))) {
            assertThat(answer.statusCode()).as(answer.body()).isEqualTo(413);
            assertThat(answer.body()).contains("1,048,576");
        }
    }

    @Test
    void nothingIsAcceptedWhileTheScannerIsAwayAndAnUploadIsCompletedLater() throws Exception {
        URI upload = begin(CLEAN.length);
        clamd.close();
        try {
            HttpResponse<String> submitted = submit(CLEAN);
            assertThat(submitted.statusCode()).as(submitted.body()).isEqualTo(503);
            assertThat(submitted.headers().firstValue("Retry-After")).isPresent();
            HttpResponse<String> received = patch(upload, CLEAN);
            assertThat(received.statusCode()).as(received.body()).isEqualTo(503);
        } finally {
            clamd = startClamd("clamd-again");
        }
        HttpResponse<String> asked = server.send(tus(upload).method("HEAD", BodyPublishers.noBody()));
        assertThat(asked.statusCode()).isEqualTo(200);
        assertThat(asked.headers().firstValue("Report-File")).isPresent();
    }

    private static HttpResponse<String> submit(byte[] file) throws IOException, InterruptedException {
        return server.send(OwnServer.request(server.address("api/report-files?" + QUERY))
                .header("Content-Type", "text/csv")
                .POST(BodyPublishers.ofByteArray(file)));
    }

    /** Begins an upload with all of its bytes. */
    private static HttpResponse<String> upload(byte[] file) throws IOException, InterruptedException {
        return server.send(creation(file.length)
                .header("Content-Type", "application/offset+octet-stream")
                .POST(BodyPublishers.ofByteArray(file)));
    }

    private static URI begin(int size) throws IOException, InterruptedException {
        HttpResponse<String> created = server.send(creation(size).POST(BodyPublishers.noBody()));
        assertThat(created.statusCode()).as(created.body()).isEqualTo(201);
        return server.address(created.headers().firstValue("Location").orElseThrow());
    }

    private static HttpResponse<String> patch(URI upload, byte[] file) throws IOException, InterruptedException {
        return server.send(tus(upload)
                .header("Content-Type", "application/offset+octet-stream")
                .header("Upload-Offset", "0")
                .method("PATCH", BodyPublishers.ofByteArray(file)));
    }

    private static HttpRequest.Builder creation(int size) {
        String metadata = Stream.of(QUERY.split("&"))
                .map(field -> field.split("="))
                .map(field -> field[0] + " " + Base64.getEncoder().encodeToString(field[1].getBytes(US_ASCII)))
                .collect(Collectors.joining(","));
        return tus(server.address("uploads"))
                .header("Upload-Length", Integer.toString(size))
                .header("Upload-Metadata", metadata);
    }

    private static HttpRequest.Builder tus(URI address) {
        return OwnServer.request(address).header("Tus-Resumable", "1.0.0");
    }

    private static long stored() {
        try (S3Client s3 = server.bucket().client()) {
            return s3
                    .listObjectVersionsPaginator(
                            request -> request.bucket(server.bucket().name()))
                    .versions()
                    .stream()
                    .count();
        }
    }
}
