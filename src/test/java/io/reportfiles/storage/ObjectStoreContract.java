package io.reportfiles.storage;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What every {@link ObjectStore} promises. */
public abstract class ObjectStoreContract {

    /** First size of a part in the stores under test; sizes around it are the interesting ones. */
    protected static final int PART = 5 << 20;

    private static final int PAGE = 256 << 10;

    /** The store under test, with parts of {@link #PART} bytes. */
    protected abstract ObjectStore store();

    /** Everything the store still keeps under a key: versions, marks of deletions and unfinished uploads. */
    protected abstract List<String> remainsOf(ObjectKey key);

    /** A key that nothing else uses. */
    protected static ObjectKey freshKey() {
        return new ObjectKeys("contract")
                .of("ak", "2027", "Q3", UUID.randomUUID().toString());
    }

    /** Bytes that no two parts have in common. */
    protected static byte[] content(int size) {
        byte[] content = new byte[size];
        new Random(size).nextBytes(content);
        return content;
    }

    /** Stores some bytes under a fresh key. */
    protected final StoredObject stored(byte[] content) throws IOException {
        return store().store(freshKey(), new ByteArrayInputStream(content), content.length);
    }

    /** Reads a part to its end. */
    protected final byte[] read(ObjectVersion version, ByteRange part) throws IOException {
        try (InputStream content = store().open(version, part)) {
            return content.readAllBytes();
        }
    }

    @Nested
    class Reading {

        @Test
        void partYieldsExactlyItsBytes() throws IOException {
            ObjectVersion version = stored("0123456789".getBytes(US_ASCII)).version();

            assertThat(read(version, new ByteRange(3, 4))).asString(US_ASCII).isEqualTo("3456");
            assertThat(read(version, new ByteRange(0, 1))).asString(US_ASCII).isEqualTo("0");
            assertThat(read(version, new ByteRange(9, 1))).asString(US_ASCII).isEqualTo("9");
        }

        @Test
        void anyPartOfAnObjectOfSeveralPartsYieldsItsBytes() throws IOException {
            byte[] content = content(2 * PART + 12_345);
            ObjectVersion version = stored(content).version();
            Random random = new Random(7);
            for (int round = 0; round < 20; round++) {
                int offset = random.nextInt(content.length);
                int length = 1 + random.nextInt(content.length - offset);
                assertThat(read(version, new ByteRange(offset, length)))
                        .as("%d bytes from %d", length, offset)
                        .isEqualTo(Arrays.copyOfRange(content, offset, offset + length));
            }
        }

        @Test
        void endIsToldAgainAndAgain() throws IOException {
            ObjectVersion version = stored(content(10)).version();
            try (ObjectContent content = store().open(version, ByteRange.whole(10))) {
                assertThat(content.readNBytes(10)).hasSize(10);
                assertThat(content.read()).isEqualTo(-1);
                assertThat(content.read(new byte[5], 0, 5)).isEqualTo(-1);
                assertThat(content.read(new byte[5], 0, 0)).isZero();
            }
        }

        @Test
        void streamThatWasLeftEarlyYieldsNoMoreAndClosesTwice() throws IOException {
            ObjectVersion version = stored(content(PART)).version();
            ObjectContent content = store().open(version, ByteRange.whole(PART));
            assertThat(content.readNBytes(10)).hasSize(10);
            content.close();
            content.close();

            assertThatThrownBy(content::read).isInstanceOf(ObjectTruncatedException.class);
        }

        @Test
        void keyThatWasNeverStoredIsMissing() throws IOException {
            ObjectVersion version = stored(content(10)).version();
            ObjectVersion other = new ObjectVersion(version.bucket(), freshKey(), Optional.empty(), version.eTag());

            assertThatThrownBy(() -> store().open(other, ByteRange.whole(10)))
                    .isInstanceOf(ObjectMissingException.class);
        }

        @ParameterizedTest
        @ValueSource(ints = {5, 9, 10, 1000})
        void partThatIsNotAllInsideTheObjectIsNoPartOfIt(int offset) throws IOException {
            ObjectVersion version = stored(content(10)).version();

            assertThatThrownBy(() -> store().open(version, new ByteRange(offset, 6)))
                    .isInstanceOf(ObjectChangedException.class);
        }

        @Test
        void versionIsReadThoughTheKeyHoldsAnotherByNow() throws IOException {
            StoredObject first = stored("first".getBytes(US_ASCII));
            StoredObject second =
                    store().store(first.version().key(), new ByteArrayInputStream("other".getBytes(US_ASCII)), 100);

            assertThat(read(first.version(), ByteRange.whole(5)))
                    .asString(US_ASCII)
                    .isEqualTo("first");
            assertThat(read(second.version(), ByteRange.whole(5)))
                    .asString(US_ASCII)
                    .isEqualTo("other");
        }

        @Test
        void otherBytesUnderAPinWithoutVersionAreRefused() throws IOException {
            ObjectVersion first = stored("first".getBytes(US_ASCII)).version();
            ObjectVersion byTagAlone = new ObjectVersion(first.bucket(), first.key(), Optional.empty(), first.eTag());
            assertThat(read(byTagAlone, ByteRange.whole(5))).hasSize(5);

            store().store(first.key(), new ByteArrayInputStream("other".getBytes(US_ASCII)), 100);

            assertThatThrownBy(() -> store().open(byTagAlone, ByteRange.whole(5)))
                    .isInstanceOf(ObjectChangedException.class);
        }

        @Test
        void versionWithAnotherEntityTagIsRefused() throws IOException {
            ObjectVersion version = stored("first".getBytes(US_ASCII)).version();
            ObjectVersion mixed = new ObjectVersion(
                    version.bucket(), version.key(), version.versionId(), "d41d8cd98f00b204e9800998ecf8427e");

            assertThatThrownBy(() -> store().open(mixed, ByteRange.whole(5)))
                    .isInstanceOf(ObjectChangedException.class);
        }
    }

    @Nested
    class Storing {

        @ParameterizedTest
        @ValueSource(
                ints = {0, 1, PAGE - 1, PAGE, PAGE + 1, PART - 1, PART, PART + 1, 2 * PART - 1, 2 * PART, 3 * PART + 1})
        void objectOfAnySizeComesBackAsItWas(int size) throws IOException {
            byte[] content = content(size);

            StoredObject stored = stored(content);

            assertThat(stored.size()).isEqualTo(size);
            assertThat(stored.version().versionId()).isPresent();
            if (size > 0) {
                assertThat(read(stored.version(), ByteRange.whole(size))).isEqualTo(content);
            }
            assertThat(remainsOf(stored.version().key())).hasSize(1);
        }

        @Test
        void sourceMayYieldItsBytesInAnyPortions() throws IOException {
            byte[] content = content(PART + 1000);
            Random random = new Random(5);
            InputStream drips = new FilterInputStream(new ByteArrayInputStream(content)) {
                @Override
                public int read(byte[] buffer, int offset, int length) throws IOException {
                    return super.read(buffer, offset, 1 + random.nextInt(Math.min(length, 5000)));
                }
            };

            StoredObject stored = store().store(freshKey(), drips, Long.MAX_VALUE);

            assertThat(read(stored.version(), ByteRange.whole(content.length))).isEqualTo(content);
        }

        @Test
        void sourceIsLeftOpen() throws IOException {
            List<String> closed = new ArrayList<>();
            InputStream source = new FilterInputStream(new ByteArrayInputStream(content(10))) {
                @Override
                public void close() {
                    closed.add("closed");
                }
            };
            store().store(freshKey(), source, 10);

            assertThat(closed).isEmpty();
        }

        @ParameterizedTest
        @ValueSource(ints = {0, 1, PAGE, PART, PART + 1, 2 * PART + 5})
        void oneByteTooManyIsRefusedAndNothingStays(int maxBytes) {
            ObjectKey key = freshKey();

            assertThatThrownBy(() -> store().store(key, new ByteArrayInputStream(content(maxBytes + 1)), maxBytes))
                    .isInstanceOfSatisfying(
                            ObjectTooLargeException.class,
                            refused -> assertThat(refused.maxBytes()).isEqualTo(maxBytes));
            assertThat(remainsOf(key)).isEmpty();
        }

        @ParameterizedTest
        @ValueSource(ints = {0, 1, PAGE + 1, PART, PART + 1, 3 * PART + 1})
        void failureOfTheSourceIsPassedOnAndNothingStays(int after) {
            IOException failure = new IOException("the sender is gone");
            ObjectKey key = freshKey();

            assertThatThrownBy(() -> store().store(key, new FailingSource(after, failure), Long.MAX_VALUE))
                    .isSameAs(failure);
            assertThat(remainsOf(key)).isEmpty();
        }

        @Test
        void defectOfTheSourceIsPassedOnAndNothingStays() {
            RuntimeException defect = new IllegalStateException("a defect");
            ObjectKey key = freshKey();

            assertThatThrownBy(() -> store().store(key, new FailingSource(2 * PART, defect), Long.MAX_VALUE))
                    .isSameAs(defect);
            assertThat(remainsOf(key)).isEmpty();
        }

        @Test
        void manyMayStoreAtOnce() throws Exception {
            List<Callable<Void>> uploads = new ArrayList<>();
            for (int i = 0; i < 6; i++) {
                byte[] content = content(i * PART / 2 + i);
                uploads.add(() -> {
                    StoredObject stored = stored(content);
                    if (content.length > 0) {
                        assertThat(read(stored.version(), ByteRange.whole(content.length)))
                                .isEqualTo(content);
                    }
                    return null;
                });
            }
            ExecutorService threads = Executors.newFixedThreadPool(uploads.size());
            try {
                for (Future<Void> done : threads.invokeAll(uploads)) {
                    done.get();
                }
            } finally {
                threads.shutdownNow();
            }
        }
    }

    @Nested
    class Removing {

        @Test
        void deletedVersionIsMissingAndCanBeDeletedAgain() throws IOException {
            ObjectVersion version = stored(content(10)).version();

            store().delete(version);
            store().delete(version);

            assertThatThrownBy(() -> store().open(version, ByteRange.whole(10)))
                    .isInstanceOf(ObjectMissingException.class);
            assertThat(remainsOf(version.key())).isEmpty();
        }

        @Test
        void otherVersionsOutliveADeletedOne() throws IOException {
            StoredObject first = stored(content(10));
            StoredObject second = store().store(first.version().key(), new ByteArrayInputStream(content(20)), 20);

            store().delete(second.version());

            assertThat(read(first.version(), ByteRange.whole(10))).isEqualTo(content(10));
        }

        @Test
        void abandonedKeyLeavesNothing() throws IOException {
            ObjectKey key = stored(content(10)).version().key();
            store().store(key, new ByteArrayInputStream(content(20)), 20);

            store().abandon(key);

            assertThat(remainsOf(key)).isEmpty();
        }

        @Test
        void keysThatOnlyBeginAlikeAreNotAbandoned() throws IOException {
            ObjectVersion longer = stored(content(10)).version();
            String value = longer.key().value();

            store().abandon(new ObjectKey(value.substring(0, value.length() - 1)));

            assertThat(read(longer, ByteRange.whole(10))).isEqualTo(content(10));
        }

        @Test
        void keyThatWasNeverUsedCanBeAbandoned() throws IOException {
            ObjectKey key = freshKey();

            store().abandon(key);

            assertThat(remainsOf(key)).isEmpty();
        }
    }

    @Test
    void storeThatIsWellSaysSo() {
        assertThat(store().check().state()).isEqualTo(StoreHealth.State.READY);
    }

    /** Yields some bytes, then fails. */
    protected static final class FailingSource extends BulkInputStream {

        private final Exception failure;
        private int left;

        /** Fails with an {@link IOException} or a {@link RuntimeException}. */
        public FailingSource(int after, Exception failure) {
            this.left = after;
            this.failure = failure;
        }

        @Override
        public int read(byte[] buffer, int offset, int length) throws IOException {
            if (left == 0) {
                if (failure instanceof RuntimeException defect) {
                    throw defect;
                }
                throw (IOException) failure;
            }
            int count = Math.min(left, length);
            Arrays.fill(buffer, offset, offset + count, (byte) 'x');
            left -= count;
            return count;
        }
    }
}
