package io.reportfiles.server;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * The one promise of the product: a file larger than the server's heap (256 MiB) goes in and comes out whole, and none of
 * it touches the server's disk. The temporary directory is a plain file meanwhile, which even root cannot write into.
 */
@OnServer
@Tag(OnServer.ANY_DATABASE)
class LargeFileIT {
    private static final Api ADMIN = Api.admin();
    private static final RandomFile FILE = new RandomFile(42, 300L << 20);

    /** Logs, and the little that a database or a transaction log writes. */
    private static final long TOLERATED_GROWTH_BYTES = 8L << 20;

    private static final String BOUNDARY = "boundary-of-the-large-file";

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final String organisation = "large-" + UUID.randomUUID().toString().substring(0, 8);
    private final Path temporary = Deployed.serverTemporaryDirectory();
    private final Path away = temporary.resolveSibling("tmp-away");

    @BeforeEach
    void makeThePlace() throws Exception {
        ADMIN.create(
                "api/organisations", "{\"code\":\"%s\",\"name\":\"Large\",\"type\":\"state\"}".formatted(organisation));
        ADMIN.create(
                "api/sections",
                "{\"code\":\"%s\",\"title\":\"Large\",\"extensions\":[\"zip\"],\"maxBytes\":5368709120}"
                        .formatted(organisation));
        Files.move(temporary, away);
        Files.writeString(temporary, "not a directory");
    }

    @AfterEach
    void giveTheTemporaryDirectoryBack() throws IOException {
        Files.delete(temporary);
        Files.move(away, temporary);
    }

    @Test
    void submittedAsRawBodyItComesBackWhole() throws Exception {
        String query = "?organisation=%s&year=2026&quarter=Q1&section=%s&filename=large.zip"
                .formatted(organisation, organisation);

        submitAndDownload("api/report-files" + query, "application/zip", sized(FILE.bytes(), FILE.open()));
    }

    @Test
    void submittedAsFormItComesBackWhole() throws Exception {
        Map<String, String> fields = new LinkedHashMap<>();
        fields.put("organisation", organisation);
        fields.put("year", "2026");
        fields.put("quarter", "Q2");
        fields.put("section", organisation);
        byte[] head = RandomFile.formHead(BOUNDARY, fields, "large.zip");
        byte[] tail = RandomFile.formTail(BOUNDARY);
        InputStream form = new SequenceInputStream(Collections.enumeration(
                List.of(new ByteArrayInputStream(head), FILE.open(), new ByteArrayInputStream(tail))));

        submitAndDownload(
                "api/report-files",
                "multipart/form-data; boundary=" + BOUNDARY,
                sized(head.length + FILE.bytes() + tail.length, form));
    }

    private void submitAndDownload(String path, String contentType, BodyPublisher body) throws Exception {
        String digest = RandomFile.sha256(FILE.open());
        List<Path> watched = List.of(Deployed.serverDirectories().get(0), temporary, away);
        try (DiskWatch disk = new DiskWatch(watched)) {
            HttpResponse<String> submitted = http.send(
                    request(path).header("Content-Type", contentType).POST(body).build(), BodyHandlers.ofString());

            assertThat(submitted.statusCode()).as(submitted.body()).isEqualTo(201);
            assertThat(submitted.body()).contains(digest);
            HttpResponse<InputStream> download = http.send(
                    request("files/" + Api.json(submitted).getString("id")).build(), BodyHandlers.ofInputStream());
            assertThat(download.statusCode()).isEqualTo(200);
            assertThat(download.headers().firstValueAsLong("Content-Length")).hasValue(FILE.bytes());
            try (InputStream content = download.body()) {
                assertThat(RandomFile.sha256(content)).isEqualTo(digest);
            }
            assertThat(disk.growthBytes()).isLessThan(TOLERATED_GROWTH_BYTES);
        }
    }

    private static BodyPublisher sized(long length, InputStream content) {
        return BodyPublishers.fromPublisher(BodyPublishers.ofInputStream(() -> content), length);
    }

    private static HttpRequest.Builder request(String path) {
        String credentials = Deployed.ADMIN + ":" + Deployed.ADMIN_PASSWORD;
        return HttpRequest.newBuilder(Deployed.baseUri().resolve(path))
                .header("Authorization", "Basic " + Base64.getEncoder().encodeToString(credentials.getBytes(UTF_8)));
    }
}
