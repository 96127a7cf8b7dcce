package io.reportfiles.storage.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.reportfiles.dev.FaultProxy;
import io.reportfiles.dev.FaultProxy.Fault;
import io.reportfiles.storage.ByteRange;
import io.reportfiles.storage.ObjectKey;
import io.reportfiles.storage.ObjectMissingException;
import io.reportfiles.storage.ObjectTooLargeException;
import io.reportfiles.storage.PartialObject;
import io.reportfiles.storage.PartialObjects;
import io.reportfiles.storage.PartialObjects.Progress;
import io.reportfiles.storage.StoreUnavailableException;
import io.reportfiles.storage.StoredObject;
import java.io.ByteArrayInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the store promises of objects that come in pieces. */
abstract class S3PartialObjectsContract extends S3ObjectStoreContract {

    private static final int SIZE = 2 * PART + 1000;

    private final byte[] content = content(SIZE);

    private PartialObjects objects() {
        return usual().store().partialObjects();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, PART, PART + 1, SIZE})
    void objectOfAnySizeIsWhatCame(int size) throws IOException {
        Coming coming = begin(size);
        coming.append(0, size);
        assertThat(coming.object.isWhole()).isTrue();
        assertThat(coming.object.crc32c(coming.crc32cs())).isEqualTo(crc32c(Arrays.copyOf(content, size)));
        assertIs(coming.finish(), Arrays.copyOf(content, size));
    }

    @Test
    void piecesOfAnySizeMakeTheObject() throws IOException {
        Coming coming = begin(SIZE);
        int offset = 0;
        for (int end : new int[] {0, 1, 1, 300_000, PART - 1, PART, PART + 7, 2 * PART + 999, SIZE}) {
            coming.append(offset, end);
            assertThat(coming.object.received()).isEqualTo(end);
            offset = end;
        }
        assertIs(coming.finish(), content);
        assertThat(remainsOf(coming.object.key())).as("and its tails").hasSize(1);
    }

    @Test
    void whatCameBeforeAFailureIsKept() throws IOException {
        Coming coming = begin(SIZE);
        IOException failure = new IOException("the line broke");
        InputStream source = new SequenceInputStream(
                new ByteArrayInputStream(content, 0, PART + 12_345), new FailingSource(0, failure));
        assertThatThrownBy(() -> objects().append(coming.object, source, coming))
                .isSameAs(failure);
        assertThat(coming.object.received()).isEqualTo(PART + 12_345);
        coming.append(PART + 12_345, SIZE);
        assertIs(coming.finish(), content);
    }

    @Test
    void whatIsDueIsKeptThoughItIsShort() throws IOException {
        Coming coming = begin(SIZE);
        coming.due = true;
        coming.append(0, 600_000);
        assertThat(coming.told).as("more than once").isGreaterThan(1);
        assertThat(coming.object.received()).isEqualTo(600_000);
    }

    @Test
    void moreThanWhatIsMissingIsRefused() throws IOException {
        Coming coming = begin(1000);
        assertThatThrownBy(() -> coming.append(0, 1001)).isInstanceOf(ObjectTooLargeException.class);
        assertThat(coming.object.received()).isZero();
        assertThatThrownBy(() -> objects().begin(freshKey(), objects().largest() + 1))
                .isInstanceOf(ObjectTooLargeException.class);
    }

    @Test
    void finishingCanBeRepeated() throws IOException {
        Coming coming = begin(SIZE);
        coming.append(0, SIZE);
        StoredObject first = coming.finish();
        assertThat(coming.finish()).isEqualTo(first);
        assertThat(remainsOf(coming.object.key())).hasSize(1);
    }

    @Test
    void partThatAPausedNodeSendsOnceMoreDoesNoHarm() throws IOException {
        Coming coming = begin(SIZE);
        Coming paused = new Coming(coming.object);
        coming.append(0, SIZE);
        paused.append(0, PART + 7);
        assertIs(coming.finish(), content);
        assertThat(remainsOf(coming.object.key())).as("nor leaves its tail").hasSize(1);
    }

    @Test
    void nothingIsLeftOfWhatIsAbandoned() throws IOException {
        Coming coming = begin(PART);
        coming.append(0, PART - 1);
        ObjectKey key = coming.object.key();
        coming.append(PART - 1, PART);
        assertThat(remainsOf(key)).as("an upload and a tail").hasSize(2);
        store().abandon(key);
        assertThat(remainsOf(key)).isEmpty();
        assertThatThrownBy(coming::finish).isInstanceOf(ObjectMissingException.class);
    }

    @Test
    void partsBeforeAFailureAreKeptAndTheOthersCanFollow() throws IOException {
        try (FaultProxy proxy = FaultProxy.before(endpoint());
                StoreUnderTest cutOff = StoreUnderTest.at(proxy.endpoint(), "s3.max-attempts", "1")) {
            PartialObjects through = cutOff.store().partialObjects();
            Coming coming = new Coming(through.begin(freshKey(), SIZE));
            coming.whenAPartIsStored = () -> proxy.set(new Fault.Refuse());
            assertThatThrownBy(() -> through.append(coming.object, new ByteArrayInputStream(content), coming))
                    .isInstanceOf(StoreUnavailableException.class);
            assertThat(coming.object.received()).isIn((long) PART, 2L * PART);
            assertThat(cutOff.store().uploadBytesTaken()).isZero();
            coming.append((int) coming.object.received(), SIZE);
            assertIs(coming.finish(), content);
        }
    }

    @Test
    void partIsToldOfWhileTheNextOneComes() throws IOException {
        Coming coming = begin(SIZE);
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
        InputStream slow = new FilterInputStream(new ByteArrayInputStream(content)) {
            private int given;

            @Override
            public int read(byte[] buffer, int offset, int length) throws IOException {
                boolean waiting = given > PART && coming.told == 0 && System.nanoTime() < deadline;
                int count = super.read(buffer, offset, waiting ? 1 : length);
                given += Math.max(0, count);
                return count;
            }
        };
        coming.whenAPartIsStored = () -> coming.leftAtFirst = Math.max(coming.leftAtFirst, available(slow));
        objects().append(coming.object, slow, coming);
        assertThat(coming.leftAtFirst).isGreaterThan(1000);
    }

    private static int available(InputStream source) {
        try {
            return source.available();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void objectsThatComeAtOnceShareTheMemory() throws Exception {
        try (StoreUnderTest tight =
                StoreUnderTest.at(endpoint(), "submission.buffer-budget", "12MiB", "submission.parts-in-flight", "3")) {
            PartialObjects objects = tight.store().partialObjects();
            List<Coming> all = new ArrayList<>();
            ExecutorService threads = Executors.newFixedThreadPool(5);
            try {
                List<Callable<Coming>> work = new ArrayList<>();
                for (int i = 0; i < 5; i++) {
                    Coming coming = new Coming(objects.begin(freshKey(), SIZE));
                    work.add(() -> {
                        objects.append(coming.object, new ByteArrayInputStream(content), coming);
                        return coming;
                    });
                }
                for (Future<Coming> done : threads.invokeAll(work)) {
                    all.add(done.get());
                }
            } finally {
                threads.shutdownNow();
            }
            assertThat(tight.store().uploadBytesTaken()).isZero();
            for (Coming coming : all) {
                assertIs(coming.finish(), content);
            }
        }
    }

    private Coming begin(int size) throws IOException {
        return new Coming(objects().begin(freshKey(), size));
    }

    private void assertIs(StoredObject stored, byte[] expected) throws IOException {
        assertThat(stored.size()).isEqualTo(expected.length);
        byte[] read = expected.length == 0 ? expected : read(stored.version(), ByteRange.whole(expected.length));
        assertThat(Arrays.equals(read, expected)).isTrue();
    }

    private static String crc32c(byte[] bytes) {
        CRC32C crc = new CRC32C();
        crc.update(bytes);
        int value = (int) crc.getValue();
        return Base64.getEncoder()
                .encodeToString(
                        new byte[] {(byte) (value >>> 24), (byte) (value >>> 16), (byte) (value >>> 8), (byte) value});
    }

    /** An object on its way, as whoever brings it notes it. */
    private final class Coming implements Progress {

        private final SortedMap<Integer, Integer> crc32cs = new TreeMap<>();
        private PartialObject object;
        private boolean due;
        private int told;
        private int leftAtFirst; // bytes that the source still had when the first part was told of
        private Runnable whenAPartIsStored = () -> {};

        Coming(PartialObject begun) {
            object = begun;
        }

        void append(int from, int to) throws IOException {
            objects().append(object, new ByteArrayInputStream(content, from, to - from), this);
        }

        StoredObject finish() throws IOException {
            return objects().finish(object, crc32cs());
        }

        List<Integer> crc32cs() {
            return List.copyOf(crc32cs.values());
        }

        @Override
        public void partStored(PartialObject now, int crc32c) {
            crc32cs.put(now.partsStored(), crc32c);
            tailStored(now);
            whenAPartIsStored.run();
        }

        @Override
        public void tailStored(PartialObject now) {
            object = now;
            told++;
        }

        @Override
        public boolean isDue() {
            return due;
        }
    }
}
