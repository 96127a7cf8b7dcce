package io.reportfiles.storage.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import io.reportfiles.storage.ByteRange;
import io.reportfiles.storage.ObjectChangedException;
import io.reportfiles.storage.ObjectContent;
import io.reportfiles.storage.ObjectKey;
import io.reportfiles.storage.ObjectTruncatedException;
import io.reportfiles.storage.ObjectVersion;
import io.reportfiles.storage.StoreRefusedException;
import io.reportfiles.storage.StoreUnavailableException;
import io.reportfiles.storage.StoredObject;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What goes over the wire for each setting, and what is made of answers no well-behaved server would give. */
class S3ConnectionTest {

    private static final ObjectKey KEY = new ObjectKey("ak/2027/Q3/file");
    private static final ObjectVersion PIN = new ObjectVersion("reports", KEY, Optional.of("v1"), "tag");

    private static final String VERSIONED =
            "<VersioningConfiguration><Status>Enabled</Status></VersioningConfiguration>";

    private RecordingServer server;

    @BeforeEach
    void start() throws IOException {
        server = RecordingServer.answering(exchange -> {
            exchange.getResponseHeaders().set("ETag", "\"tag\"");
            exchange.getResponseHeaders().set("x-amz-version-id", "v1");
            RecordingServer.send(exchange, 200, isAboutVersioning(exchange.getRequestURI()) ? VERSIONED : "");
        });
    }

    private static boolean isAboutVersioning(URI target) {
        return "versioning".equals(target.getQuery());
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private void store(String... settings) throws IOException {
        try (StoreUnderTest subject = StoreUnderTest.at(server.endpoint(), settings)) {
            StoredObject stored = subject.store().store(KEY, new ByteArrayInputStream(new byte[] {1, 2, 3}), 3);
            assertThat(stored).isEqualTo(new StoredObject(PIN, 3));
        }
    }

    private RecordingServer.Request storeWith(String... settings) throws IOException {
        store(settings);
        return server.requests().stream()
                .filter(request -> request.method().equals("PUT"))
                .reduce((earlier, later) -> later)
                .orElseThrow();
    }

    @Nested
    class Sent {

        @Test
        void bucketStandsInThePathOrInTheHostName() throws IOException {
            assertThat(storeWith().target()).hasPath("/reports/ak/2027/Q3/file");

            // through a proxy, since the name would not resolve
            assertThat(storeWith(
                                    "s3.path-style", "false",
                                    "s3.endpoint", "http://s3.invalid",
                                    "s3.proxy", server.endpoint().toString())
                            .target())
                    .isEqualTo(URI.create("http://reports.s3.invalid/ak/2027/Q3/file"));
        }

        @Test
        void nothingIsAddedUnlessConfigured() throws IOException {
            assertThat(storeWith().headers().keySet())
                    .map(name -> name.toLowerCase(Locale.ROOT))
                    .doesNotContain(
                            "x-amz-acl",
                            "x-amz-storage-class",
                            "x-amz-server-side-encryption",
                            "x-amz-expected-bucket-owner",
                            "x-amz-security-token");
        }

        @ParameterizedTest
        @CsvSource({
            "s3.acl, bucket-owner-full-control, x-amz-acl, bucket-owner-full-control",
            "s3.acl, private, x-amz-acl, private",
            "s3.acl, bucket-owner-read, x-amz-acl, bucket-owner-read",
            "s3.acl, aws-exec-read, x-amz-acl, aws-exec-read",
            "s3.storage-class, STANDARD_IA, x-amz-storage-class, STANDARD_IA",
            "s3.encryption, sse-s3, x-amz-server-side-encryption, AES256",
            "s3.encryption, sse-kms, x-amz-server-side-encryption, aws:kms",
            "s3.encryption, sse-kms-dsse, x-amz-server-side-encryption, aws:kms:dsse",
            "s3.bucket-owner, 123456789012, x-amz-expected-bucket-owner, 123456789012",
            "s3.session-token, a-token, x-amz-security-token, a-token"
        })
        void settingBecomesAHeader(String name, String value, String header, String expected) throws IOException {
            assertThat(storeWith(name, value).header(header)).contains(expected);
        }

        @Test
        void keyOfTheEncryptionIsNamed() throws IOException {
            RecordingServer.Request request = storeWith("s3.encryption", "sse-kms", "s3.kms-key", "alias/report-files");

            assertThat(request.header("x-amz-server-side-encryption-aws-kms-key-id"))
                    .contains("alias/report-files");
        }

        @Test
        void checksumGoesWithTheUploadUnlessOnlyWhenRequired() throws IOException {
            assertThat(storeWith().header("x-amz-checksum-crc32c")).contains("8TDyHg=="); // of 1, 2, 3
            assertThat(storeWith("s3.checksums", "when-required").headers().keySet())
                    .noneMatch(name -> name.toLowerCase(Locale.ROOT).contains("checksum"));
        }

        @Test
        void bodyIsSentPlainlyAndSigned() throws IOException {
            RecordingServer.Request request = storeWith();

            assertThat(request.body()).isEqualTo("\u0001\u0002\u0003");
            assertThat(request.header("Authorization"))
                    .get()
                    .asString()
                    .contains("Credential=tester/")
                    .contains("/us-east-1/s3/");
            assertThat(storeWith("s3.region", "eu-central-1").header("Authorization"))
                    .get()
                    .asString()
                    .contains("/eu-central-1/s3/");
        }

        @Test
        void readingNamesPartVersionAndTag() {
            try (StoreUnderTest subject = StoreUnderTest.at(server.endpoint())) {
                assertThatThrownBy(() -> subject.store().open(PIN, new ByteRange(10, 5)))
                        .isInstanceOf(ObjectTruncatedException.class); // since the answer carries none of them
            }
            assertThat(server.lastRequest().header("Range")).contains("bytes=10-14");
            assertThat(server.lastRequest().header("If-Match")).contains("\"tag\"");
            assertThat(server.lastRequest().target().getQuery()).contains("versionId=v1");
        }
    }

    @Nested
    class Credentials {

        @Test
        void profileIsTakenFromTheSharedFile(@TempDir Path directory) throws IOException {
            Path file = Files.writeString(
                    directory.resolve("credentials"),
                    "[reports]\naws_access_key_id = from-profile\naws_secret_access_key = s\n");
            System.setProperty("aws.sharedCredentialsFile", file.toString());
            try {
                assertThat(storeWith("s3.access-key", "", "s3.secret-key", "", "s3.profile", "reports")
                                .header("Authorization"))
                        .get()
                        .asString()
                        .contains("Credential=from-profile/");
            } finally {
                System.clearProperty("aws.sharedCredentialsFile");
            }
        }

        @Test
        void defaultChainIsAskedWhenNothingIsConfigured() throws IOException {
            System.setProperty("aws.accessKeyId", "from-properties");
            System.setProperty("aws.secretAccessKey", "s");
            try {
                assertThat(storeWith("s3.access-key", "", "s3.secret-key", "").header("Authorization"))
                        .get()
                        .asString()
                        .contains("Credential=from-properties/");
            } finally {
                System.clearProperty("aws.accessKeyId");
                System.clearProperty("aws.secretAccessKey");
            }
        }

        @Test
        void profileThatDoesNotExistIsARefusalAndNoFailureToStart() {
            try (StoreUnderTest subject = StoreUnderTest.at(
                    server.endpoint(), "s3.access-key", "", "s3.secret-key", "", "s3.profile", "no-such-profile")) {
                assertThatThrownBy(() -> subject.store().open(PIN, ByteRange.whole(1)))
                        .isInstanceOf(StoreRefusedException.class);
            }
        }

        @Test
        void roleIsAssumedWithItsExternalId() throws IOException {
            String answer = """
                    <AssumeRoleResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><AssumeRoleResult><Credentials>
                    <AccessKeyId>from-role</AccessKeyId><SecretAccessKey>s</SecretAccessKey>
                    <SessionToken>role-token</SessionToken><Expiration>2100-01-01T00:00:00Z</Expiration>
                    </Credentials></AssumeRoleResult></AssumeRoleResponse>
                    """;
            try (RecordingServer sts =
                    RecordingServer.answering(exchange -> RecordingServer.send(exchange, 200, answer))) {
                RecordingServer.Request request = storeWith(
                        "s3.role-arn",
                        "arn:aws:iam::123456789012:role/reports",
                        "s3.role-external-id",
                        "a-partner",
                        "s3.sts-endpoint",
                        sts.endpoint().toString());

                assertThat(request.header("Authorization")).get().asString().contains("Credential=from-role/");
                assertThat(request.header("x-amz-security-token")).contains("role-token");
                assertThat(sts.requests()).hasSize(1);
                assertThat(sts.lastRequest().body())
                        .contains("Action=AssumeRole", "role%2Freports", "ExternalId=a-partner")
                        .contains("RoleSessionName=report-files");
            }
        }

        @Test
        void roleThatMayNotBeAssumedIsARefusal() throws IOException {
            String denied = "<ErrorResponse><Error><Type>Sender</Type><Code>AccessDenied</Code>"
                    + "<Message>no</Message></Error><RequestId>r</RequestId></ErrorResponse>";
            try (RecordingServer sts =
                            RecordingServer.answering(exchange -> RecordingServer.send(exchange, 403, denied));
                    StoreUnderTest subject = StoreUnderTest.at(
                            server.endpoint(),
                            "s3.role-arn",
                            "arn:aws:iam::123456789012:role/reports",
                            "s3.sts-endpoint",
                            sts.endpoint().toString())) {
                assertThatThrownBy(() -> subject.store().open(PIN, ByteRange.whole(1)))
                        .isInstanceOf(StoreRefusedException.class);
            }
        }
    }

    @Nested
    class Reached {

        @Test
        void proxyIsAskedForTheEndpointWithItsOwnCredentials() throws IOException {
            try (RecordingServer proxy = RecordingServer.answering(exchange -> {
                if (exchange.getRequestHeaders().getFirst("Proxy-Authorization") == null) {
                    exchange.getResponseHeaders().set("Proxy-Authenticate", "Basic realm=\"proxy\"");
                    RecordingServer.send(exchange, 407, "");
                } else {
                    exchange.getResponseHeaders().set("ETag", "\"tag\"");
                    exchange.getResponseHeaders().set("x-amz-version-id", "v1");
                    RecordingServer.send(exchange, 200, isAboutVersioning(exchange.getRequestURI()) ? VERSIONED : "");
                }
            })) {
                store(
                        "s3.endpoint", "http://s3.invalid",
                        "s3.proxy", proxy.endpoint().toString(),
                        "s3.proxy-user", "user",
                        "s3.proxy-password", "pass");

                assertThat(proxy.lastRequest().target()).hasHost("s3.invalid");
                assertThat(proxy.lastRequest().header("Proxy-Authorization"))
                        .contains("Basic "
                                + Base64.getEncoder().encodeToString("user:pass".getBytes(StandardCharsets.US_ASCII)));
            }
        }

        @ParameterizedTest
        @CsvSource({"standard, 1", "standard, 3", "legacy, 2", "adaptive, 2"})
        void callIsTriedAsOftenAsConfigured(String mode, int attempts) throws IOException {
            try (RecordingServer overloaded =
                            RecordingServer.answering(exchange -> RecordingServer.send(exchange, 503, ""));
                    StoreUnderTest subject = StoreUnderTest.at(
                            overloaded.endpoint(), "s3.retry-mode", mode, "s3.max-attempts", "" + attempts)) {
                assertThatThrownBy(() -> subject.store().open(PIN, ByteRange.whole(1)))
                        .isInstanceOf(StoreUnavailableException.class);
                assertThat(overloaded.requests()).hasSize(attempts);
            }
        }

        @ParameterizedTest
        @ValueSource(strings = {"s3.call-timeout", "s3.attempt-timeout", "s3.read-timeout"})
        void serverThatTakesTooLongIsGivenUp(String timeout) throws IOException {
            try (RecordingServer slow = RecordingServer.answering(S3ConnectionTest::dawdle);
                    StoreUnderTest subject =
                            StoreUnderTest.at(slow.endpoint(), timeout, "200ms", "s3.max-attempts", "1")) {
                long begin = System.nanoTime();
                assertThatThrownBy(() -> subject.store().open(PIN, ByteRange.whole(1)))
                        .isInstanceOf(StoreUnavailableException.class);
                assertThat(System.nanoTime() - begin).isLessThan(20_000_000_000L);
            }
        }
    }

    private static void dawdle(HttpExchange exchange) throws IOException {
        try {
            Thread.sleep(30_000);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
        RecordingServer.send(exchange, 500, "");
    }

    @Nested
    class Answered {

        private StoreUnderTest answering(int status, String contentRange, String eTag) throws IOException {
            server.close();
            server = RecordingServer.answering(exchange -> {
                exchange.getResponseHeaders().set("ETag", eTag);
                if (!contentRange.isEmpty()) {
                    exchange.getResponseHeaders().set("Content-Range", contentRange);
                }
                RecordingServer.send(exchange, status, "01234");
            });
            return StoreUnderTest.at(server.endpoint());
        }

        @Test
        void partThatWasAskedForIsRead() throws IOException {
            try (StoreUnderTest subject = answering(206, "bytes 10-14/20", "\"tag\"");
                    ObjectContent content = subject.store().open(PIN, new ByteRange(10, 5))) {
                assertThat(content.readAllBytes())
                        .asString(StandardCharsets.US_ASCII)
                        .isEqualTo("01234");
            }
        }

        @Test
        void serverThatIgnoresTheRangeIsReadOnlyWhereThatComesToTheSame() throws IOException {
            try (StoreUnderTest subject = answering(200, "", "\"tag\"")) {
                try (ObjectContent content = subject.store().open(PIN, ByteRange.whole(5))) {
                    assertThat(content.readAllBytes()).hasSize(5);
                }
                assertThatThrownBy(() -> subject.store().open(PIN, ByteRange.whole(4)))
                        .isInstanceOf(ObjectTruncatedException.class);
                assertThatThrownBy(() -> subject.store().open(PIN, new ByteRange(10, 5)))
                        .isInstanceOf(ObjectTruncatedException.class);
            }
        }

        @ParameterizedTest
        @CsvSource(
                delimiter = ';',
                value = {
                    "bytes 10-13/20; \"tag\"; true",
                    "bytes 11-15/20; \"tag\"; true",
                    "bytes 10-14/20; \"other\"; false",
                    "bytes 10-14/20; W/\"tag\"; false",
                    "something; \"tag\"; true"
                })
        void otherBytesThanWereAskedForAreRefused(String contentRange, String eTag, boolean mayPass)
                throws IOException {
            try (StoreUnderTest subject = answering(206, contentRange, eTag)) {
                assertThatThrownBy(() -> subject.store().open(PIN, new ByteRange(10, 5)))
                        .isInstanceOf(mayPass ? ObjectTruncatedException.class : ObjectChangedException.class);
            }
        }

        @Test
        void checksumOfOtherBytesThanWereSentFailsTheUpload() throws IOException {
            server.close();
            server = RecordingServer.answering(exchange -> {
                exchange.getResponseHeaders().set("ETag", "\"tag\"");
                exchange.getResponseHeaders().set("x-amz-checksum-crc32c", "AAAAAA==");
                RecordingServer.send(exchange, 200, "");
            });
            try (StoreUnderTest subject = StoreUnderTest.at(server.endpoint())) {
                assertThatThrownBy(() -> subject.store().store(KEY, new ByteArrayInputStream(new byte[3]), 3))
                        .isInstanceOf(StoreUnavailableException.class)
                        .hasMessageContaining("CRC32C");
            }
        }

        @Test
        void leavingEarlyTakesNoMoreThanWhatIsOnTheWay() throws Exception {
            long size = 1L << 30;
            AtomicLong sent = new AtomicLong();
            server.close();
            server = RecordingServer.answering(exchange -> {
                exchange.getResponseHeaders().set("ETag", "\"tag\"");
                exchange.getResponseHeaders().set("Content-Range", "bytes 0-%d/%d".formatted(size - 1, size));
                exchange.sendResponseHeaders(206, size);
                byte[] block = new byte[64 << 10];
                while (sent.get() < size) {
                    exchange.getResponseBody().write(block);
                    sent.addAndGet(block.length);
                }
            });
            try (StoreUnderTest subject = StoreUnderTest.at(server.endpoint())) {
                try (ObjectContent content = subject.store().open(PIN, ByteRange.whole(size))) {
                    assertThat(content.readNBytes(1000)).hasSize(1000);
                }
                long before;
                do {
                    before = sent.get();
                    Thread.sleep(200);
                } while (sent.get() != before);
            }
            assertThat(sent.get()).isLessThan(32L << 20); // the buffers of two sockets on the loopback address
        }
    }
}
