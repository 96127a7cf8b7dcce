package io.reportfiles.storage.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.reportfiles.dev.FaultProxy;
import io.reportfiles.dev.FaultProxy.Fault;
import io.reportfiles.dev.FaultProxy.Loss;
import io.reportfiles.dev.LocalS3;
import io.reportfiles.storage.ByteRange;
import io.reportfiles.storage.ObjectContent;
import io.reportfiles.storage.ObjectKey;
import io.reportfiles.storage.ObjectStoreException;
import io.reportfiles.storage.StoredObject;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What becomes of an object that S3 has stored, when nobody hears of it. */
@Timeout(120)
class LostAnswerIT {

    private static final int PARTS = (5 << 20) + 7; // two, the first of 5 MiB

    @TempDir
    Path directory;

    private LocalS3 server;
    private FaultProxy proxy;
    private StoreUnderTest direct; // not through the proxy

    @BeforeEach
    void start() throws IOException {
        server = LocalS3.start(directory, 0, new LocalS3.Credentials("tester", "not-a-secret"));
        proxy = FaultProxy.before(server.endpoint());
        direct = StoreUnderTest.at(server.endpoint());
        direct.store().createBucketIfMissing();
    }

    @AfterEach
    void stop() throws IOException {
        direct.close();
        proxy.close();
        server.close();
    }

    private StoreUnderTest through(int attempts, String checksums) {
        return StoreUnderTest.at(
                proxy.endpoint(),
                "s3.max-attempts",
                Integer.toString(attempts),
                "submission.parts-in-flight",
                "1",
                "s3.checksums",
                checksums);
    }

    private static ObjectKey freshKey() {
        return new ObjectKey("lost/" + UUID.randomUUID());
    }

    private static byte[] content(int size) {
        byte[] content = new byte[size];
        new Random(size).nextBytes(content);
        return content;
    }

    /** How many requests it takes to store so many bytes, once the store knows its bucket. */
    private int requests(StoreUnderTest store, int size) throws IOException {
        store.store().store(freshKey(), new ByteArrayInputStream(content(size)), size);
        Fault.FailOne counting = new Fault.FailOne(Integer.MAX_VALUE, Loss.RESET);
        proxy.set(counting);
        store.store().store(freshKey(), new ByteArrayInputStream(content(size)), size);
        proxy.lift();
        return counting.seen().get();
    }

    @ParameterizedTest
    @CsvSource({"10, when-supported", "10, when-required", "5242887, when-supported", "5242887, when-required"})
    void lastAnswerThatIsLostLosesNothing(int size, String checksums) throws IOException {
        try (StoreUnderTest once = through(1, checksums);
                StoreUnderTest twice = through(2, checksums)) {
            int last = requests(once, size);
            assertThat(requests(twice, size)).isEqualTo(last);
            for (StoreUnderTest store : List.of(once, twice)) {
                for (Loss loss : List.of(Loss.ANSWER_LOST, Loss.ANSWER_REPLACED)) {
                    Fault.FailOne fault = new Fault.FailOne(last, loss);
                    proxy.set(fault);
                    StoredObject stored =
                            store.store().store(freshKey(), new ByteArrayInputStream(content(size)), size);
                    assertThat(fault.hasHappened()).isTrue();
                    proxy.lift();
                    assertThat(stored.size()).isEqualTo(size);
                    try (ObjectContent read = direct.store().open(stored.version(), ByteRange.whole(size))) {
                        assertThat(read.readAllBytes()).isEqualTo(content(size));
                    }
                    assertThat(store.store().uploadBytesTaken()).isZero();
                }
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"when-supported", "when-required"})
    void completionThatIsRefusedSinceItIsUnderWayLosesNothing(String checksums) throws IOException {
        try (StoreUnderTest store = through(2, checksums)) {
            Fault.FailOne fault = new Fault.FailOne(requests(store, PARTS), Loss.DONE_LATER);
            proxy.set(fault);
            StoredObject stored = store.store().store(freshKey(), new ByteArrayInputStream(content(PARTS)), PARTS);
            assertThat(fault.seen().get()).as("asked again").isGreaterThan(fault.number());
            proxy.lift();
            try (ObjectContent read = direct.store().open(stored.version(), ByteRange.whole(PARTS))) {
                assertThat(read.readAllBytes()).isEqualTo(content(PARTS));
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {10, PARTS})
    void lastRequestThatDidNotArriveStoresNothing(int size) throws IOException {
        try (StoreUnderTest store = through(1, "when-supported")) {
            int last = requests(store, size);
            for (Loss loss : List.of(Loss.RESET, Loss.ANSWERED_500)) {
                ObjectKey key = freshKey();
                proxy.set(new Fault.FailOne(last, loss));
                assertThatThrownBy(() -> store.store().store(key, new ByteArrayInputStream(content(size)), size))
                        .isInstanceOf(ObjectStoreException.class);
                proxy.lift();
                assertThat(direct.remainsOf(key)).isEmpty();
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {10, PARTS})
    void objectThatAnotherHasPutThereIsNotTakenForIt(int size) throws IOException {
        try (StoreUnderTest store = through(1, "when-supported")) {
            int last = requests(store, size);
            ObjectKey key = freshKey();
            direct.store().store(key, new ByteArrayInputStream(new byte[size]), size);
            proxy.set(new Fault.FailOne(last, Loss.RESET));
            assertThatThrownBy(() -> store.store().store(key, new ByteArrayInputStream(content(size)), size))
                    .isInstanceOf(ObjectStoreException.class);
        }
    }
}
