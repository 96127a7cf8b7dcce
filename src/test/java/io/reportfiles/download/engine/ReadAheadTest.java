package io.reportfiles.download.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.reportfiles.config.DownloadSettings;
import io.reportfiles.config.ReadAheadSettings;
import io.reportfiles.download.StoredContent;
import io.reportfiles.download.http.Body;
import io.reportfiles.download.http.Representation;
import io.reportfiles.storage.ByteRange;
import io.reportfiles.storage.ObjectStoreException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A body whose bytes are read ahead, from a store that does what a test wants. */
class ReadAheadTest {

    private static final int BUFFER = 8192;
    private static final int CHUNK = 64 * 1024;
    private static final int THREADS = 6;
    private static final int SLOTS = 8;

    private final byte[] content = randomBytes(2_000_003);
    private final ScriptedStore store = new ScriptedStore(content);
    private DownloadEngine engine;
    private ReadAheads aheads;

    private void start(int streams) {
        start(streams, THREADS, SLOTS, 64 << 20);
    }

    private void start(int streams, int threads, int slots, long budget) {
        Duration minute = Duration.ofMinutes(1);
        engine = new DownloadEngine(new DownloadSettings(
                budget, BUFFER, threads, slots, Duration.ofSeconds(5), minute, minute, Duration.ofSeconds(3)));
        engine.start(Executors.defaultThreadFactory());
        aheads = new ReadAheads(new ReadAheadSettings(streams, CHUNK), engine);
        aheads.start(Executors.defaultThreadFactory());
    }

    @AfterEach
    void nothingStaysHeld() throws Exception {
        await(() -> store.open.get() == 0
                && engine.budget().reserved() == idleBudget()
                && engine.slots().free() == engine.settings().storeStreams());
        assertThat(store.open).as("streams left open").hasValue(0);
        assertThat(engine.budget().reserved()).isEqualTo(idleBudget());
        assertThat(engine.slots().free()).isEqualTo(engine.settings().storeStreams());
        aheads.stop();
        engine.stop();
    }

    private long idleBudget() {
        return (long) engine.settings().affordableThreads() * BUFFER;
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 6, 64})
    void everyByteComesOnceAndInOrder(int streams) throws Exception {
        start(streams);
        assertThat(readAll(reader(Body.of(ByteRange.whole(content.length))))).isEqualTo(content);
        assertThat(store.mostOpen.get()).isLessThanOrEqualTo(streams);
    }

    @Test
    void severalConnectionsAreUsedAtATime() throws Exception {
        start(4);
        store.delay = Duration.ofMillis(1);
        assertThat(readAll(reader(Body.of(ByteRange.whole(content.length))))).isEqualTo(content);
        assertThat(store.mostOpen).hasValue(4);
    }

    @Test
    void offMeansOneRequestForAll() throws Exception {
        start(1);
        readAll(reader(Body.of(ByteRange.whole(content.length))));
        assertThat(store.opened).containsExactly(ByteRange.whole(content.length));
    }

    @Test
    void partsAreReadAheadEachByItself() throws Exception {
        start(4);
        Representation file = new Representation(content.length, "0".repeat(64), Instant.EPOCH, "text/csv", "q3.csv");
        List<ByteRange> parts =
                List.of(new ByteRange(1_000_001, 400_000), new ByteRange(5, 10), new ByteRange(70, 300_000));
        ByteArrayOutputStream expected = new ByteArrayOutputStream();
        for (Body.Segment segment : Body.multipart(parts, file).segments()) {
            if (segment instanceof Body.Framing framing) {
                expected.writeBytes(Body.bytes(framing));
            } else if (segment instanceof Body.Content part) {
                ByteRange range = part.range();
                expected.write(content, (int) range.offset(), (int) range.length());
            }
        }
        assertThat(readAll(reader(Body.multipart(parts, file)))).isEqualTo(expected.toByteArray());
        assertThat(store.mostOpen.get()).isGreaterThan(1);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
    void whateverBreaksIsReadAgainAtTheNextByte(long seed) throws Exception {
        start(4);
        Random random = new Random(seed);
        for (int i = 0; i < 40; i++) {
            store.breaks.add(random.nextInt(3) == 0 ? -1 : random.nextInt(2 * CHUNK));
        }
        assertThat(readAll(reader(Body.of(ByteRange.whole(content.length))))).isEqualTo(content);
    }

    @Test
    void theLastBytesOfADamagedFileAreHeldBack() throws Exception {
        start(4);
        BodyReader reader = reader(Body.of(ByteRange.whole(content.length)));
        content[content.length / 2] ^= 1; // the store has the very array
        assertThatExceptionOfType(IntegrityException.class).isThrownBy(() -> readAll(reader));
    }

    @Test
    void withoutAFreeSlotTheDownloadReadsByItself() throws Exception {
        start(4, THREADS, 1, 64 << 20);
        assertThat(engine.slots().takeSpare()).isTrue(); // the download's own
        assertThat(readAll(reader(Body.of(ByteRange.whole(content.length))))).isEqualTo(content);
        assertThat(store.mostOpen).hasValue(1);
        assertThat(store.opened).as("and in few requests").hasSizeLessThan(8);
        engine.slots().releaseSpare();
    }

    @Test
    void withoutMemoryTheDownloadReadsByItself() throws Exception {
        start(4, 1, SLOTS, 80_000);
        assertThat(readAll(reader(Body.of(ByteRange.whole(content.length))))).isEqualTo(content);
        assertThat(store.mostOpen).hasValue(1);
    }

    @Test
    void noMoreMemoryIsHeldThanAChunkForEachConnection() throws Exception {
        start(4);
        BodyReader reader = reader(Body.of(ByteRange.whole(content.length)));
        byte[] buffer = new byte[BUFFER];
        while (!reader.isAtEnd()) {
            take(reader, buffer);
            assertThat(engine.budget().reserved()).isLessThanOrEqualTo(idleBudget() + 5L * CHUNK);
        }
        reader.release();
    }

    @Test
    void aReaderSlowerThanTheStoreHoldsLittle() throws Exception {
        start(6);
        BodyReader reader = reader(Body.of(ByteRange.whole(content.length)));
        byte[] buffer = new byte[BUFFER];
        for (int taken = 0; taken < 20 * CHUNK; ) {
            taken += take(reader, buffer);
            Thread.sleep(1);
        }
        await(() -> engine.budget().reserved() <= idleBudget() + 2L * CHUNK);
        assertThat(engine.budget().reserved()).isLessThanOrEqualTo(idleBudget() + 2L * CHUNK);
        reader.release();
    }

    @Test
    void whoLetsGoGetsTheRestLater() throws Exception {
        start(4);
        store.delay = Duration.ofMillis(1);
        BodyReader reader = reader(Body.of(ByteRange.whole(content.length)));
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        byte[] buffer = new byte[BUFFER];
        while (all.size() < 5 * CHUNK) {
            all.write(buffer, 0, take(reader, buffer));
        }
        assertThat(reader.readsAhead()).isTrue();
        reader.release();
        assertThat(reader.readsAhead()).isFalse();
        await(() -> store.open.get() == 0 && engine.budget().reserved() == idleBudget());
        assertThat(store.open).hasValue(0);
        assertThat(engine.budget().reserved()).isEqualTo(idleBudget());
        store.delay = Duration.ZERO;
        all.writeBytes(readAll(reader));
        assertThat(all.toByteArray()).isEqualTo(content);
    }

    @Test
    void whoWaitsForASlotGetsOneOfThoseThatOnlyReadAhead() throws Exception {
        start(4, THREADS, 4, 64 << 20);
        assertThat(engine.slots().takeSpare()).isTrue(); // the download's own
        store.delay = Duration.ofMillis(20); // more than a second for a chunk
        BodyReader reader = reader(Body.of(ByteRange.whole(content.length)));
        reader.openFirst();
        await(() -> engine.slots().free() == 0 && store.open.get() == 4);
        long start = System.nanoTime();
        StreamSlots.Holder first =
                engine.slots().takeWithin(Duration.ofSeconds(20)).orElseThrow();
        assertThat(Duration.ofNanos(System.nanoTime() - start))
                .as("no longer than a piece of a chunk takes, and a machine that is busy")
                .isLessThan(Duration.ofSeconds(5));
        reader.release();
        engine.slots().release(first);
        engine.slots().releaseSpare();
    }

    private BodyReader reader(Body body) throws Exception {
        var file = DownloadTest.stored(content);
        return new BodyReader(body, List.of(new StoredContent(store, file)), aheads::of);
    }

    private static byte[] readAll(BodyReader reader) throws IOException {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        byte[] buffer = new byte[BUFFER];
        try {
            while (!reader.isAtEnd()) {
                all.write(buffer, 0, take(reader, buffer));
            }
        } finally {
            reader.release();
        }
        return all.toByteArray();
    }

    /** As a download takes a buffer; 0 where the store failed and is asked again. */
    private static int take(BodyReader reader, byte[] buffer) throws IOException {
        try {
            if (reader.needsStream()) {
                reader.open(Long.MAX_VALUE);
            }
            return reader.read(buffer, 0, buffer.length);
        } catch (ObjectStoreException e) {
            assertThat(e.mayPass()).isTrue();
            return 0;
        }
    }

    private static void await(BooleanSupplier condition) throws InterruptedException {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
        while (!condition.getAsBoolean() && System.nanoTime() < deadline) {
            Thread.sleep(2);
        }
    }

    private static byte[] randomBytes(int count) {
        byte[] bytes = new byte[count];
        new Random(7).nextBytes(bytes);
        return bytes;
    }
}
