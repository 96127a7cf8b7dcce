package io.reportfiles.console;

import static org.assertj.core.api.Assertions.assertThat;

import io.reportfiles.dev.FaultProxy.Fault;
import io.reportfiles.server.Api;
import io.reportfiles.server.Deployed;
import io.reportfiles.server.OnServer;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
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
    private static final HttpClient HTTP = HttpClient.newHttpClient();

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
        assertThat(answer.headers().firstValue("ETag")).contains("\"" + page.group(1) + "\"");
        assertThat(answer.headers().firstValue("Cache-Control").orElseThrow()).contains("immutable");

        Deployed.faults().set(new Fault.Refuse());
        assertThat(get(address).body()).as("while the store is away").isEqualTo(answer.body());
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

    private static HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return HTTP.send(
                HttpRequest.newBuilder(Deployed.baseUri().resolve(path)).build(), BodyHandlers.ofString());
    }
}
