package io.reportfiles.storage.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.reportfiles.dev.FaultProxy;
import io.reportfiles.dev.FaultProxy.Ending;
import io.reportfiles.dev.FaultProxy.Fault;
import io.reportfiles.dev.LocalS3;
import io.reportfiles.storage.ByteRange;
import io.reportfiles.storage.ObjectContent;
import io.reportfiles.storage.ObjectKey;
import io.reportfiles.storage.ObjectStoreException;
import io.reportfiles.storage.ObjectTruncatedException;
import io.reportfiles.storage.ObjectVersion;
import io.reportfiles.storage.StoreHealth;
import io.reportfiles.storage.StoreRefusedException;
import io.reportfiles.storage.StoreUnavailableException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import org.assertj.core.api.ListAssert;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What becomes of calls when S3 fails them, with faults that happen on the wire. */
@Timeout(120)
class S3FaultsIT {

    private static final int PART = 5 << 20;
    private static final byte[] CONTENT = content(4 << 20);

    @TempDir
    static Path directory;

    private static LocalS3 server;
    private static StoreUnderTest direct; // not through the proxy
    private static ObjectVersion version;

    private FaultProxy proxy;
    private StoreUnderTest subject;
    private S3ObjectStore store;

    @BeforeAll
    static void startServer() throws IOException {
        server = LocalS3.start(directory, 0, new LocalS3.Credentials("tester", "not-a-secret"));
        direct = StoreUnderTest.at(server.endpoint());
        direct.store().createBucketIfMissing();
        version = direct.store()
                .store(new ObjectKey("faults/read"), new ByteArrayInputStream(CONTENT), CONTENT.length)
                .version();
    }

    @AfterAll
    static void stopServer() {
        direct.close();
        server.close();
    }

    @BeforeEach
    void startProxy() throws IOException {
        proxy = FaultProxy.before(server.endpoint());
        subject = StoreUnderTest.at(
                proxy.endpoint(),
                "s3.read-timeout",
                "1s",
                "s3.connect-timeout",
                "1s",
                "s3.acquire-timeout",
                "1s",
                "s3.max-attempts",
                "2",
                "s3.max-connections",
                "4");
        store = subject.store();
    }

    @AfterEach
    void stopProxy() throws IOException {
        subject.close();
        proxy.close();
    }

    @Test
    void examinationLeavesNothingWhicheverAnswerIsLost() throws IOException {
        for (int number = 1; number <= 12; number++) {
            proxy.set(new Fault.FailOne(number, FaultProxy.Loss.ANSWER_LOST));
            assertThat(store.doctor().examine()).isNotEmpty();
        }
        assertThat(direct.remainsOf(new ObjectKey("storage-check/"))).isEmpty();
    }

    private static byte[] content(int size) {
        byte[] content = new byte[size];
        new Random(size).nextBytes(content);
        return content;
    }

    private static ObjectKey freshKey() {
        return new ObjectKey("faults/" + UUID.randomUUID());
    }

    /** What arrived of the whole object before the failure. */
    private static ObjectStoreException failureAfterAPrefix(ObjectContent content) {
        var arrived = new ByteArrayOutputStream();
        ObjectStoreException failure =
                catchThrowableOfType(ObjectStoreException.class, () -> content.transferTo(arrived));
        assertThat(failure).as("failure after %d bytes", arrived.size()).isNotNull();
        assertThat(arrived.size()).isLessThan(CONTENT.length);
        assertThat(arrived.toByteArray()).isEqualTo(Arrays.copyOf(CONTENT, arrived.size()));
        return failure;
    }

    private void assertThatReadingWorks() throws IOException {
        try (InputStream whole = store.open(version, ByteRange.whole(CONTENT.length))) {
            assertThat(whole.readAllBytes()).isEqualTo(CONTENT);
        }
    }

    @Nested
    class WhileReading {

        @ParameterizedTest
        @ValueSource(ints = {2_000, 100_000, 3_000_000})
        void answerThatEndsEarlyIsTruncated(int bytes) throws IOException {
            proxy.set(new Fault.CutAfter(bytes, Ending.FIN));
            try (ObjectContent content = store.open(version, ByteRange.whole(CONTENT.length))) {
                assertThat(failureAfterAPrefix(content))
                        .isInstanceOf(ObjectTruncatedException.class)
                        .matches(ObjectStoreException::mayPass);
            }
            proxy.lift();
            assertThatReadingWorks();
        }

        @ParameterizedTest
        @ValueSource(ints = {2_000, 100_000, 3_000_000})
        void connectionThatIsResetIsUnavailable(int bytes) throws IOException {
            proxy.set(new Fault.CutAfter(bytes, Ending.RST));
            try (ObjectContent content = store.open(version, ByteRange.whole(CONTENT.length))) {
                assertThat(failureAfterAPrefix(content)).isInstanceOf(StoreUnavailableException.class);
            }
            proxy.lift();
            assertThatReadingWorks();
        }

        @Test
        void silenceIsUnavailableAfterTheReadTimeout() throws IOException {
            proxy.set(new Fault.StallAfter(1_000_000));
            try (ObjectContent content = store.open(version, ByteRange.whole(CONTENT.length))) {
                long begin = System.nanoTime();
                assertThat(failureAfterAPrefix(content)).isInstanceOf(StoreUnavailableException.class);
                assertThat(Duration.ofNanos(System.nanoTime() - begin))
                        .isBetween(Duration.ofMillis(900), Duration.ofSeconds(20));
            }
            proxy.lift();
            assertThatReadingWorks();
        }

        @Test
        void readingGoesOnWhereItFailed() throws IOException {
            var arrived = new ByteArrayOutputStream();
            proxy.set(new Fault.CutAfter(1_000_000, Ending.FIN));
            try (ObjectContent content = store.open(version, ByteRange.whole(CONTENT.length))) {
                assertThatThrownBy(() -> content.transferTo(arrived)).isInstanceOf(ObjectTruncatedException.class);
            }
            proxy.lift();
            int next = arrived.size();
            try (ObjectContent rest = store.open(version, new ByteRange(next, CONTENT.length - next))) {
                rest.transferTo(arrived);
            }
            assertThat(arrived.toByteArray()).isEqualTo(CONTENT);
        }
    }

    @Nested
    class BeforeAnAnswer {

        @Test
        void nobodyListeningIsUnavailableUntilSomebodyDoes() throws IOException {
            assertThatReadingWorks();
            proxy.set(new Fault.Refuse());

            assertThatEverythingIs(StoreUnavailableException.class);
            assertThat(store.check().summary()).startsWith("S3 can not be reached.");

            proxy.lift();
            assertThatReadingWorks();
        }

        @ParameterizedTest
        @EnumSource
        void connectionThatEndsWithoutAnAnswerIsUnavailable(Ending ending) {
            proxy.set(new Fault.CutAfter(0, ending));

            assertThatEverythingIs(StoreUnavailableException.class);
        }

        @Test
        void silenceIsUnavailable() {
            proxy.set(new Fault.StallAfter(0));

            assertThatEverythingIs(StoreUnavailableException.class);
        }

        @ParameterizedTest
        @ValueSource(ints = {500, 503})
        void faultOfTheServerIsUnavailable(int status) {
            proxy.set(Fault.Answer.s3Error(status, "SlowDown"));

            assertThatEverythingIs(StoreUnavailableException.class)
                    .allSatisfy(failure -> assertThat(failure.requestId()).contains("fault"));
        }

        @Test
        void refusalIsNotUnavailable() {
            proxy.set(Fault.Answer.s3Error(403, "InvalidAccessKeyId"));

            assertThatEverythingIs(StoreRefusedException.class);
            assertThat(store.check().summary()).startsWith("S3 refuses us.").contains("InvalidAccessKeyId");
        }

        @Test
        void nameThatDoesNotResolveIsUnavailable() {
            try (StoreUnderTest lost = StoreUnderTest.at(URI.create("http://s3.invalid:9"))) {
                assertThatThrownBy(() -> lost.store().open(version, ByteRange.whole(1)))
                        .isInstanceOf(StoreUnavailableException.class);
            }
        }

        private ListAssert<ObjectStoreException> assertThatEverythingIs(Class<? extends ObjectStoreException> type) {
            List<ObjectStoreException> failures = new ArrayList<>();
            for (ThrowingCallable call : List.<ThrowingCallable>of(
                    () -> store.open(version, ByteRange.whole(1)),
                    () -> store.store(freshKey(), new ByteArrayInputStream(CONTENT), CONTENT.length),
                    () -> store.store(freshKey(), new ByteArrayInputStream(content(PART + 1)), PART + 1),
                    () -> store.delete(
                            new ObjectVersion(version.bucket(), freshKey(), version.versionId(), version.eTag())),
                    () -> store.abandon(freshKey()))) {
                failures.add(catchThrowableOfType(ObjectStoreException.class, call));
            }
            assertThat(store.check().state()).isEqualTo(StoreHealth.State.DOWN);
            assertThat(store.uploadBytesTaken()).isZero();
            return assertThat(failures).hasSize(5).hasOnlyElementsOfType(type);
        }
    }

    @Nested
    class WhileStoring {

        /** A source that does something when so many bytes were read. */
        private InputStream sourceThat(int size, int after, Runnable act) {
            return new FilterInputStream(new ByteArrayInputStream(content(size))) {
                private long count;

                @Override
                public int read() throws IOException {
                    byte[] one = new byte[1];
                    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
                }

                @Override
                public int read(byte[] buffer, int offset, int length) throws IOException {
                    int read = super.read(buffer, offset, length);
                    boolean before = count < after;
                    count += Math.max(0, read);
                    if (before && count >= after) {
                        act.run();
                    }
                    return read;
                }
            };
        }

        private void assertThatItFailsAndCanBeAbandoned(Fault fault, int size, int after) throws IOException {
            ObjectKey key = freshKey();

            assertThatThrownBy(() -> store.store(key, sourceThat(size, after, () -> proxy.set(fault)), size))
                    .isInstanceOf(StoreUnavailableException.class);
            assertThat(store.uploadBytesTaken()).isZero();

            proxy.lift();
            store.abandon(key);
            assertThat(direct.remainsOf(key)).isEmpty();
        }

        @Test
        void serverThatGoesAwayFailsTheUpload() throws IOException {
            assertThatItFailsAndCanBeAbandoned(new Fault.Refuse(), 4 * PART, 2 * PART + 10);
        }

        @Test
        void serverThatFallsSilentFailsTheUpload() throws IOException {
            assertThatItFailsAndCanBeAbandoned(new Fault.StallAfter(0), 4 * PART, 2 * PART + 10);
        }

        @Test
        void serverThatIsOverloadedFailsTheUpload() throws IOException {
            assertThatItFailsAndCanBeAbandoned(Fault.Answer.s3Error(503, "SlowDown"), 4 * PART, PART + 10);
        }

        @Test
        void answerThatIsLostBehindASuccessLeavesNothingThatCanNotBeAbandoned() throws IOException {
            assertThatItFailsAndCanBeAbandoned(new Fault.CutAfter(0, Ending.RST), 1000, 1000);
            assertThatItFailsAndCanBeAbandoned(new Fault.CutAfter(0, Ending.FIN), 2 * PART, 2 * PART);
        }

        @Test
        void sourceThatFailsWhileTheServerIsSilentIsNotMistakenForTheServer() {
            IOException gone = new IOException("the sender is gone");
            InputStream source = sourceThat(4 * PART, 2 * PART + 10, () -> {
                proxy.set(new Fault.StallAfter(0));
                throw new UncheckedIOException(gone);
            });

            assertThatThrownBy(() -> store.store(freshKey(), source, 4 * PART)).hasCause(gone);
            assertThat(store.uploadBytesTaken()).isZero();
        }

        @Test
        void interruptedUploadLeavesNothingAndKeepsTheInterrupt() {
            ObjectKey key = freshKey();
            try {
                assertThatThrownBy(() -> store.store(
                                key, sourceThat(4 * PART, 2 * PART, Thread.currentThread()::interrupt), 4 * PART))
                        .isInstanceOf(StoreUnavailableException.class);
            } finally {
                assertThat(Thread.interrupted()).isTrue();
            }
            assertThat(direct.remainsOf(key)).isEmpty();
            assertThat(store.uploadBytesTaken()).isZero();
        }
    }

    @Nested
    class Connections {

        private StoreUnderTest narrow() {
            return StoreUnderTest.at(
                    proxy.endpoint(), "s3.max-connections", "2", "s3.acquire-timeout", "500ms", "s3.max-attempts", "1");
        }

        @Test
        void leavingEarlyGivesTheConnectionBack() throws IOException {
            try (StoreUnderTest narrow = narrow()) {
                for (int round = 0; round < 100; round++) {
                    try (ObjectContent content = narrow.store().open(version, ByteRange.whole(CONTENT.length))) {
                        assertThat(content.readNBytes(10)).hasSize(10);
                    }
                }
            }
        }

        @Test
        void readingToTheEndGivesTheConnectionBackForTheNextReader() throws IOException {
            try (StoreUnderTest narrow = narrow()) {
                List<ObjectContent> unclosed = new ArrayList<>();
                for (int round = 0; round < 50; round++) {
                    ObjectContent content = narrow.store().open(version, new ByteRange(round, 1000));
                    assertThat(content.readNBytes(1000)).hasSize(1000);
                    unclosed.add(content);
                }
                unclosed.forEach(ObjectContent::close);
                assertThat(proxy.openedConnections()).isLessThanOrEqualTo(2);
            }
        }

        @Test
        void failuresGiveTheirConnectionsBack() throws IOException {
            ObjectVersion changed = new ObjectVersion(version.bucket(), version.key(), version.versionId(), "other");
            try (StoreUnderTest narrow = narrow()) {
                for (int round = 0; round < 20; round++) {
                    assertThatThrownBy(() -> narrow.store().open(changed, ByteRange.whole(10)))
                            .isInstanceOf(ObjectStoreException.class);
                    assertThatThrownBy(() -> narrow.store().open(version, new ByteRange(CONTENT.length - 1, 10)))
                            .isInstanceOf(ObjectStoreException.class);
                    proxy.set(new Fault.CutAfter(100_000, Ending.FIN));
                    try (ObjectContent content = narrow.store().open(version, ByteRange.whole(CONTENT.length))) {
                        failureAfterAPrefix(content);
                    }
                    proxy.lift();
                }
            }
        }

        @Test
        void noFreeConnectionIsUnavailableUntilOneIs() throws IOException {
            try (StoreUnderTest narrow = narrow();
                    ObjectContent first = narrow.store().open(version, ByteRange.whole(CONTENT.length))) {
                try (ObjectContent second = narrow.store().open(version, ByteRange.whole(CONTENT.length))) {
                    assertThatThrownBy(() -> narrow.store().open(version, ByteRange.whole(10)))
                            .isInstanceOf(StoreUnavailableException.class);
                    assertThat(second.read()).isNotNegative();
                }
                try (ObjectContent third = narrow.store().open(version, ByteRange.whole(10))) {
                    assertThat(third.readAllBytes()).hasSize(10);
                }
                assertThat(first.read()).isNotNegative();
            }
        }

        @Test
        void interruptedReaderKeepsTheInterrupt() {
            Thread.currentThread().interrupt();
            try {
                assertThatThrownBy(() -> store.open(version, ByteRange.whole(10)))
                        .isInstanceOf(StoreUnavailableException.class);
            } finally {
                assertThat(Thread.interrupted()).isTrue();
            }
        }
    }
}
