package io.reportfiles.console;

import static org.assertj.core.api.Assertions.assertThat;

import io.reportfiles.dev.FaultProxy;
import io.reportfiles.dev.FaultProxy.Fault;
import io.reportfiles.server.Api;
import io.reportfiles.server.Deployed;
import io.reportfiles.server.OnServer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.S3Object;

/**
 * The console's own files: in the bucket on the servers that are configured so, and the same to browsers on all. That
 * they are read from there no browser can tell; {@link PublishedAssetsTest} does.
 */
@OnServer
class PublishedAssetsIT {

    private static final Pattern HASH = Pattern.compile("assets/([0-9a-f]{16})/console/app\\.js");
    private static final Pattern GZIP = Pattern.compile("/console/app\\.js\\.[0-9a-f]{16}\\.gz$");
    private static final Path APP = Path.of("webapp/assets/console/app.js");
    private static final String STYLE = "assets/bootstrap.min.css";
    private static final HttpClient HTTP =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    @AfterEach
    void lift() {
        Deployed.faults().lift();
        Api.admin().post("api/storage-check"); // uses up the connections that were cut
    }

    @Test
    void areInTheBucketWhereConfiguredAndTheSameToBrowsersOnAll() throws Exception {
        Matcher page = HASH.matcher(Api.admin().get("console/").body());
        assertThat(page.find()).isTrue();
        String address = page.group();
        boolean published = Api.admin()
                .get("api/configuration")
                .body()
                .matches("(?s).*reportfiles\\.console\\.publish-assets[^}]*\"value\":\"true\".*");

        assertThat(inBucket(page.group(1), published)).isEqualTo(published);
        HttpResponse<String> answer = get(address);
        assertThat(answer.body()).isEqualTo(Files.readString(APP));
        assertThat(answer.headers().firstValue("ETag")).contains("\"" + sha256(Files.readAllBytes(APP)) + "\"");
        assertThat(answer.headers().firstValue("Cache-Control").orElseThrow()).contains("immutable");

        Deployed.faults().set(new Fault.Refuse());
        assertThat(get(address).body()).as("while the store is away").isEqualTo(answer.body());
    }

    @Test
    void areStaticFilesLikeAnyOther() throws Exception {
        byte[] whole = getBytes(STYLE).body();
        String tag = getBytes(STYLE).headers().firstValue("ETag").orElseThrow();
        assertThat(whole).hasSizeGreaterThan(200_000);

        HttpResponse<byte[]> part = getBytes(STYLE, "Range", "bytes=100000-199999");
        assertThat(part.statusCode()).isEqualTo(206);
        assertThat(part.headers().firstValue("Content-Range")).contains("bytes 100000-199999/" + whole.length);
        assertThat(part.body()).isEqualTo(Arrays.copyOfRange(whole, 100_000, 200_000));
        HttpResponse<byte[]> last = getBytes(STYLE, "Range", "bytes=-5", "If-Range", tag);
        assertThat(last.body()).isEqualTo(Arrays.copyOfRange(whole, whole.length - 5, whole.length));
        assertThat(getBytes(STYLE, "Range", "bytes=-5", "If-Range", "\"other\"").statusCode())
                .isEqualTo(200);
        assertThat(getBytes(STYLE, "Range", "bytes=0-1,5-6").body().length).isLessThan(1000);
        assertThat(getBytes(STYLE, "Range", "bytes=0-1,5-6", "Accept-Encoding", "gzip")
                        .statusCode())
                .as("parts of an encoded file could be misunderstood")
                .isEqualTo(200);
        assertThat(getBytes(STYLE, "Range", "bytes=" + whole.length + "-").statusCode())
                .isEqualTo(416);
        assertThat(getBytes(STYLE, "If-None-Match", tag).statusCode()).isEqualTo(304);
        assertThat(getBytes(STYLE, "If-Match", "\"other\"").statusCode()).isEqualTo(412);

        HttpResponse<byte[]> compressed = getBytes(STYLE, "Accept-Encoding", "gzip");
        assertThat(compressed.headers().firstValue("Content-Encoding")).contains("gzip");
        assertThat(compressed.headers().firstValue("ETag").orElseThrow()).isNotEqualTo(tag);
        assertThat(new GZIPInputStream(new ByteArrayInputStream(compressed.body())).readAllBytes())
                .isEqualTo(whole);
    }

    /** Only where they come from the bucket does it matter; where they do, it is the engine that goes on. */
    @Test
    void goOnWhereTheConnectionToTheBucketBroke() throws Exception {
        byte[] whole = getBytes(STYLE).body();
        Deployed.faults().set(new Fault.CutAfter(100_000, FaultProxy.Ending.RST));
        HttpResponse<byte[]> answer = getBytes(STYLE);
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).isEqualTo(whole);
    }

    /** Waits for them where they are expected, for nobody waits for them at the start. */
    private static boolean inBucket(String hash, boolean expected) throws InterruptedException {
        try (S3Client client = Deployed.s3().client()) {
            for (int i = 0; i < 100; i++) {
                List<String> keys = client
                        .listObjectsV2Paginator(
                                request -> request.bucket(Deployed.s3().name()).prefix("console-assets/" + hash))
                        .contents()
                        .stream()
                        .map(S3Object::key)
                        .toList();
                if (keys.stream().anyMatch(key -> GZIP.matcher(key).find()) || !expected) {
                    return !keys.isEmpty();
                }
                Thread.sleep(100);
            }
            return false;
        }
    }

    private static HttpResponse<byte[]> getBytes(String path, String... headers)
            throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(Deployed.baseUri().resolve(path));
        if (headers.length > 0) {
            request.headers(headers);
        }
        return HTTP.send(request.build(), BodyHandlers.ofByteArray());
    }

    private static String sha256(byte[] bytes) throws NoSuchAlgorithmException {
        return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    }

    private static HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return HTTP.send(
                HttpRequest.newBuilder(Deployed.baseUri().resolve(path)).build(), BodyHandlers.ofString());
    }
}
