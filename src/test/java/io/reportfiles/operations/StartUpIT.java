package io.reportfiles.operations;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.reportfiles.dev.FreePort;
import io.reportfiles.dev.LocalS3;
import io.reportfiles.dev.PayaraMicro;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;

/** A stock Payara Micro with the files of {@code server-config}, started where something is missing. */
class StartUpIT {

    private static final Path SERVERS = Path.of(System.getProperty("reportfiles.it.servers", "target/servers"));
    private static final LocalS3.Credentials CREDENTIALS = new LocalS3.Credentials("access", "secret-of-a-test");
    private static final String PASSWORD = "only-for-this-test";

    private final HttpClient http = HttpClient.newHttpClient();

    @TempDir
    private Path directory;

    @Test
    void startsWithoutABucketSaysSoAndIsReadyOnceThereIsOne() throws Exception {
        int port = FreePort.find();
        Path log = directory.resolve("server.log");
        try (LocalS3 s3 = LocalS3.start(Files.createDirectory(directory.resolve("s3")), 0, CREDENTIALS);
                PayaraMicro server = PayaraMicro.start(plan(port, log), settings(s3.endpoint()))) {
            URI application = URI.create("http://127.0.0.1:" + port + "/");
            awaitStatus(server, application.resolve("health/live"), 200);
            awaitStatus(server, application.resolve("api/report-files"), 200); // lists need no bucket
            HttpResponse<String> ready = awaitStatus(server, application.resolve("health/ready"), 503);
            assertThat(ready.body())
                    .contains("{\"name\":\"database\",\"status\":\"UP\"", "{\"name\":\"storage\",\"status\":\"DOWN\"");
            assertThat(Files.readString(log)).contains("Bucket no-such-bucket does not exist");
            createBucket(s3.endpoint());
            awaitStatus(server, application.resolve("health/ready"), 200);
        }
    }

    private PayaraMicro.Plan plan(int port, Path log) {
        return new PayaraMicro.Plan(
                SERVERS.resolve("payara-micro.jar"),
                List.of(),
                Path.of("server-config/payara").toAbsolutePath(),
                Path.of("target/report-files.war"),
                port,
                directory.resolve("server"),
                log);
    }

    private Map<String, String> settings(URI endpoint) {
        return Map.of(
                "REPORTFILES_S3_ENDPOINT",
                endpoint.toString(),
                "REPORTFILES_S3_REGION",
                "us-east-1",
                "REPORTFILES_S3_PATH_STYLE",
                "true",
                "REPORTFILES_S3_BUCKET",
                "no-such-bucket",
                "REPORTFILES_S3_ACCESS_KEY",
                CREDENTIALS.accessKey(),
                "REPORTFILES_S3_SECRET_KEY",
                CREDENTIALS.secretKey(),
                "REPORTFILES_DB_URL",
                "jdbc:h2:file:" + directory.resolve("database"),
                "REPORTFILES_ADMIN_PASSWORD",
                PASSWORD);
    }

    private static void createBucket(URI endpoint) {
        try (S3Client s3 = S3Client.builder()
                .endpointOverride(endpoint)
                .forcePathStyle(true)
                .region(Region.US_EAST_1)
                .credentialsProvider(StaticCredentialsProvider.create(
                        AwsBasicCredentials.create(CREDENTIALS.accessKey(), CREDENTIALS.secretKey())))
                .build()) {
            s3.createBucket(request -> request.bucket("no-such-bucket"));
        }
    }

    private HttpResponse<String> awaitStatus(PayaraMicro server, URI address, int status) throws Exception {
        long deadline = System.nanoTime() + Duration.ofMinutes(4).toNanos();
        while (true) {
            assertThat(server.isAlive()).isTrue();
            assertThat(System.nanoTime())
                    .as("%s never answered %d", address, status)
                    .isLessThan(deadline);
            try {
                HttpResponse<String> answer = get(address);
                if (answer.statusCode() == status) {
                    return answer;
                }
            } catch (IOException notListeningYet) {
                // the server is starting
            }
            Thread.sleep(250);
        }
    }

    private HttpResponse<String> get(URI address) throws IOException, InterruptedException {
        String credentials = Base64.getEncoder().encodeToString(("admin:" + PASSWORD).getBytes(UTF_8));
        return http.send(
                HttpRequest.newBuilder(address)
                        .timeout(Duration.ofSeconds(30))
                        .header("Authorization", "Basic " + credentials)
                        .build(),
                BodyHandlers.ofString());
    }
}
