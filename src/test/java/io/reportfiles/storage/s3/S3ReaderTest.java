package io.reportfiles.storage.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import io.reportfiles.config.TestSettings;
import io.reportfiles.persistence.MovableClock;
import io.reportfiles.storage.ByteRange;
import io.reportfiles.storage.ObjectChangedException;
import io.reportfiles.storage.ObjectContent;
import io.reportfiles.storage.ObjectKey;
import io.reportfiles.storage.ObjectStoreException;
import io.reportfiles.storage.ObjectTruncatedException;
import io.reportfiles.storage.ObjectVersion;
import io.reportfiles.storage.StoreRefusedException;
import java.io.IOException;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.services.s3.model.S3Exception;

/** Reads do not pass through the SDK's pipeline: what it would have done is shown here, and what is done in its place. */
class S3ReaderTest {

    private static final ObjectKey KEY = new ObjectKey("ak/2027/Q3/file");
    private static final ObjectVersion PIN = version("v1");

    private RecordingServer server;

    @BeforeEach
    void start() throws IOException {
        server = RecordingServer.answering(exchange -> RecordingServer.send(exchange, 200, ""));
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private static ObjectVersion version(String id) {
        return new ObjectVersion("reports", KEY, Optional.of(id), "tag");
    }

    private static S3Connection connectionTo(RecordingServer server, String... settings) {
        Map<String, String> all = new HashMap<>(Map.of(
                "reportfiles.s3.endpoint", server.endpoint().toString(),
                "reportfiles.s3.path-style", "true",
                "reportfiles.s3.access-key", "tester",
                "reportfiles.s3.secret-key", "not-a-secret"));
        for (int i = 0; i < settings.length; i += 2) {
            all.put(settings[i], settings[i + 1]);
        }
        return new S3Connection(TestSettings.s3(all));
    }

    private RecordingServer.Request readWith(String... settings) {
        try (StoreUnderTest subject = StoreUnderTest.at(server.endpoint(), settings)) {
            assertThatThrownBy(() -> subject.store().open(PIN, new ByteRange(10, 5)))
                    .isInstanceOf(ObjectTruncatedException.class); // since the answer has no such part
        }
        return server.lastRequest();
    }

    @Test
    void requestIsSignedForTheRegion() {
        assertThat(readWith("s3.region", "eu-central-1").header("Authorization"))
                .get()
                .asString()
                .contains("Credential=tester/", "/eu-central-1/s3/aws4_request", "if-match");
        assertThat(server.lastRequest().header("x-amz-content-sha256")).isPresent();
    }

    @Test
    void temporaryKeysAndTheExpectedOwnerGoWithIt() {
        RecordingServer.Request request = readWith("s3.session-token", "a-token", "s3.bucket-owner", "123456789012");

        assertThat(request.header("x-amz-security-token")).contains("a-token");
        assertThat(request.header("x-amz-expected-bucket-owner")).contains("123456789012");
    }

    @Test
    void bucketStandsInThePathOrInTheHostName() {
        assertThat(readWith().target()).hasPath("/reports/ak/2027/Q3/file");
        assertThat(readWith(
                                "s3.path-style", "false",
                                "s3.endpoint", "http://s3.invalid/",
                                "s3.proxy", server.endpoint().toString())
                        .target())
                .isEqualTo(URI.create("http://reports.s3.invalid/ak/2027/Q3/file?versionId=v1"));
    }

    @Test
    void accessPointIsFoundByItsArn() {
        ObjectVersion pin = new ObjectVersion(
                "arn:aws:s3:eu-central-1:123456789012:accesspoint/reports", KEY, Optional.of("v1"), "tag");
        try (StoreUnderTest subject = StoreUnderTest.at(
                server.endpoint(),
                "s3.path-style",
                "false",
                "s3.region",
                "eu-central-1",
                "s3.endpoint",
                "http://s3.invalid",
                "s3.proxy",
                server.endpoint().toString())) {
            assertThatThrownBy(() -> subject.store().open(pin, new ByteRange(10, 5)))
                    .isInstanceOf(ObjectTruncatedException.class);
        }
        assertThat(server.lastRequest().target()).hasHost("reports-123456789012.s3.invalid");
    }

    @Test
    void keyIsEscapedAsItIsSigned() {
        ObjectVersion pin = new ObjectVersion("reports", new ObjectKey("a b/ü+~&"), Optional.of("v/1+"), "tag");
        try (StoreUnderTest subject = StoreUnderTest.at(server.endpoint())) {
            assertThatThrownBy(() -> subject.store().open(pin, new ByteRange(10, 5)))
                    .isInstanceOf(ObjectTruncatedException.class);
        }
        assertThat(server.lastRequest().target().getRawPath()).isEqualTo("/reports/a%20b/%C3%BC%2B~%26");
        assertThat(server.lastRequest().target().getRawQuery()).isEqualTo("versionId=v%2F1%2B");
    }

    @Test
    void clockOfTheServerIsTakenWhereOursIsWrong() throws IOException {
        Clock wrong = Clock.offset(Clock.systemUTC(), Duration.ofDays(-1000));
        try (RecordingServer right = RecordingServer.answering(exchange ->
                        RecordingServer.send(exchange, 403, "<Error><Code>RequestTimeTooSkewed</Code></Error>"));
                S3Connection connection = connectionTo(right, "reportfiles.s3.max-attempts", "2")) {
            assertThatThrownBy(() -> new S3Reader(connection, wrong).get(PIN, ByteRange.whole(1)))
                    .isInstanceOf(S3Exception.class);
            assertThat(right.requests())
                    .extracting(request ->
                            request.header("x-amz-date").orElseThrow().substring(0, 8))
                    .containsExactly(dayOf(wrong), dayOf(Clock.systemUTC()));
        }
    }

    private static String dayOf(Clock clock) {
        return LocalDate.now(clock).format(DateTimeFormatter.BASIC_ISO_DATE);
    }

    @Test
    void answerThatIsNoXmlIsStillARefusal() throws IOException {
        try (RecordingServer portal =
                        RecordingServer.answering(exchange -> RecordingServer.send(exchange, 403, "<p>No & no"));
                StoreUnderTest subject = StoreUnderTest.at(portal.endpoint())) {
            assertThatThrownBy(() -> subject.store().open(PIN, ByteRange.whole(1)))
                    .isInstanceOf(StoreRefusedException.class)
                    .hasMessageContaining("403");
        }
    }

    /** Heads of answers to a read of bytes 10 to 14, each with as many bytes as it says. */
    static Stream<Arguments> answers() {
        return Stream.of(
                Arguments.of("tag", "bytes 10-14/20", 5L, null),
                Arguments.of("tag", "bytes 10-14/*", 5L, null),
                Arguments.of("tag", "bytes 10-14/20", 0L, null), // in chunks
                Arguments.of("tag", "bytes 10-13/20", 4L, ObjectTruncatedException.class),
                Arguments.of("tag", "bytes 0-4/20", 5L, ObjectTruncatedException.class),
                Arguments.of("tag", "bytes 10-14/20", 4L, ObjectTruncatedException.class),
                Arguments.of("tag", "none", 5L, ObjectTruncatedException.class),
                Arguments.of("tag", null, 20L, ObjectTruncatedException.class),
                Arguments.of(null, "bytes 10-14/20", 5L, ObjectTruncatedException.class),
                Arguments.of("tag", "bytes 10-12/13", 3L, ObjectChangedException.class),
                Arguments.of("other", "bytes 10-14/20", 5L, ObjectChangedException.class),
                Arguments.of("other", null, 20L, ObjectChangedException.class));
    }

    @ParameterizedTest
    @MethodSource("answers")
    void answerThatContradictsTheQuestionMayPassButAnotherObjectStaysAnother(
            String eTag, String contentRange, long length, Class<? extends ObjectStoreException> failure)
            throws IOException {
        try (RecordingServer server = RecordingServer.answering(exchange -> {
                    Optional.ofNullable(eTag)
                            .ifPresent(tag -> exchange.getResponseHeaders().set("ETag", tag));
                    Optional.ofNullable(contentRange)
                            .ifPresent(range -> exchange.getResponseHeaders().set("Content-Range", range));
                    exchange.sendResponseHeaders(contentRange == null ? 200 : 206, length);
                    exchange.getResponseBody().write(new byte[length == 0 ? 5 : (int) length]);
                });
                StoreUnderTest subject = StoreUnderTest.at(server.endpoint())) {
            if (failure == null) {
                try (ObjectContent content = subject.store().open(PIN, new ByteRange(10, 5))) {
                    assertThat(content.readAllBytes()).hasSize(5);
                }
            } else {
                assertThatThrownBy(() -> subject.store().open(PIN, new ByteRange(10, 5)))
                        .isInstanceOf(failure);
            }
        }
    }

    /** Of requests, which are sent again for other parts. */
    @Nested
    class Signatures {

        private final MovableClock clock = new MovableClock(Instant.now());

        private void read(S3Reader reader, ObjectVersion version, long offset) {
            reader.get(version, new ByteRange(offset, 5)).abort();
        }

        private List<String> signatures() {
            return server.requests().stream()
                    .map(request -> request.header("Authorization").orElseThrow())
                    .toList();
        }

        @Test
        void partsOfAVersionShareOne() {
            try (S3Connection connection = connectionTo(server)) {
                S3Reader reader = new S3Reader(connection, clock);
                read(reader, PIN, 10);
                read(reader, PIN, 15);
                read(reader, version("v2"), 15);
            }
            assertThat(server.requests())
                    .extracting(request -> request.header("Range").orElseThrow())
                    .containsExactly("bytes=10-14", "bytes=15-19", "bytes=15-19");
            assertThat(signatures().get(0))
                    .isEqualTo(signatures().get(1))
                    .isNotEqualTo(signatures().get(2));
        }

        @Test
        void isMadeAnewAfterFiveMinutesAndWhenTheClockWasSetBack() {
            try (S3Connection connection = connectionTo(server)) {
                S3Reader reader = new S3Reader(connection, clock);
                read(reader, PIN, 0);
                clock.advance(Duration.ofSeconds(299));
                read(reader, PIN, 5);
                clock.advance(Duration.ofSeconds(1));
                read(reader, PIN, 10);
                clock.advance(Duration.ofSeconds(-10));
                read(reader, PIN, 15);
            }
            assertThat(signatures().get(1)).isEqualTo(signatures().get(0));
            assertThat(signatures().get(2)).isNotEqualTo(signatures().get(1));
            assertThat(signatures().get(3)).isNotEqualTo(signatures().get(2));
        }

        /** What the condition {@code s3:signatureAge} in a bucket's policy does. */
        @Test
        void isMadeAnewWhereTheStoreWantsYoungerOnes() throws IOException {
            server.close();
            server = RecordingServer.answering(this::takeOnlyThoseOfThisSecond);
            try (S3Connection connection = connectionTo(server)) {
                S3Reader reader = new S3Reader(connection, clock);
                read(reader, PIN, 0);
                clock.advance(Duration.ofMinutes(2));
                read(reader, PIN, 5);
                read(reader, PIN, 10);
            }
            assertThat(server.requests()).hasSize(4);
            assertThat(signatures().get(1)).isEqualTo(signatures().get(0));
            assertThat(signatures().get(2))
                    .isNotEqualTo(signatures().get(1))
                    .isEqualTo(signatures().get(3));
        }

        private void takeOnlyThoseOfThisSecond(HttpExchange exchange) throws IOException {
            String date = DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'")
                    .withZone(ZoneOffset.UTC)
                    .format(clock.instant());
            boolean young = date.equals(exchange.getRequestHeaders().getFirst("x-amz-date"));
            RecordingServer.send(exchange, young ? 200 : 403, young ? "" : "<Error><Code>AccessDenied</Code></Error>");
        }

        @Test
        void refusedOneIsNotKept() throws IOException {
            AtomicBoolean denied = new AtomicBoolean();
            server.close();
            server = RecordingServer.answering(exchange -> RecordingServer.send(
                    exchange,
                    denied.get() ? 403 : 200,
                    denied.get() ? "<Error><Code>AccessDenied</Code></Error>" : ""));
            try (S3Connection connection = connectionTo(server)) {
                S3Reader reader = new S3Reader(connection, clock);
                read(reader, PIN, 0);
                denied.set(true);
                for (int requests : new int[] {3, 4, 5}) { // once it may have been the signature
                    assertThatThrownBy(() -> read(reader, PIN, 0)).isInstanceOf(S3Exception.class);
                    assertThat(server.requests()).hasSize(requests);
                }
            }
        }

        @Test
        void isKeptForTheKeysItWasMadeWith() {
            AwsBasicCredentials mine = AwsBasicCredentials.create("a", "s");
            try (S3Connection connection = connectionTo(server)) {
                S3Signatures signatures = new S3Signatures(connection, clock);
                signatures.keep(PIN, signatures.sign(PIN, mine));

                assertThat(signatures.kept(PIN, AwsBasicCredentials.create("a", "s")))
                        .isPresent();
                assertThat(signatures.kept(PIN, AwsBasicCredentials.create("b", "s")))
                        .isEmpty();
            }
        }

        @Test
        void isKeptWhileSomebodyHasTheVersion() throws InterruptedException {
            AwsBasicCredentials mine = AwsBasicCredentials.create("a", "s");
            try (S3Connection connection = connectionTo(server)) {
                S3Signatures signatures = new S3Signatures(connection, clock);
                signatures.keep(PIN, signatures.sign(PIN, mine));
                signatures.keep(version("v2"), signatures.sign(version("v2"), mine));

                for (int i = 0; i < 100 && signatures.kept(version("v2"), mine).isPresent(); i++) {
                    System.gc();
                    Thread.sleep(20);
                }
                assertThat(signatures.kept(version("v2"), mine)).isEmpty();
                assertThat(signatures.kept(PIN, mine)).isPresent();
            }
        }
    }
}
