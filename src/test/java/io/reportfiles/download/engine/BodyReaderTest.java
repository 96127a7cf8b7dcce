package io.reportfiles.download.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.reportfiles.download.Reader;
import io.reportfiles.download.StoredContent;
import io.reportfiles.download.http.Body;
import io.reportfiles.reportfile.StoredFile;
import io.reportfiles.storage.ByteRange;
import io.reportfiles.storage.ObjectStoreException;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is asked of the store before anything is promised, and how its connections are given back. */
class BodyReaderTest {

    private static final Duration LONG = Duration.ofMinutes(1);

    private final List<ScriptedStore> stores = IntStream.range(0, 4)
            .mapToObj(i -> new ScriptedStore(new byte[100]))
            .toList();

    @AfterEach
    void nothingStaysOpen() {
        assertThat(stores).allSatisfy(store -> assertThat(store.open).hasValue(0));
    }

    @Test
    void aByteOfEachLaterFileOfTheBodyIsAskedForOnce() throws Exception {
        reader(content(1, 20, 80), content(2, 0, 100), content(1, 0, 5), content(3, 0, 7), content(2, 0, 1))
                .requireLaterFiles(LONG);
        assertThat(stores)
                .extracting(store -> store.opened)
                .containsExactly(List.of(), List.of(), List.of(new ByteRange(0, 1)), List.of(new ByteRange(0, 1)));
    }

    @Test
    void aFileThatIsNotThereIsTold() throws Exception {
        stores.get(3).breaks.add(-1);
        BodyReader reader = reader(content(0, 0, 100), content(2, 0, 100), content(3, 0, 100));
        assertThatThrownBy(() -> reader.requireLaterFiles(LONG)).isInstanceOf(ObjectStoreException.class);
    }

    @Test
    void aSlowStoreIsNotAskedForLongerThanPatienceLasts() throws Exception {
        stores.get(1).delay = Duration.ofMillis(50);
        reader(content(0, 0, 100), content(1, 0, 100), content(2, 0, 100)).requireLaterFiles(Duration.ofMillis(50));
        assertThat(stores.get(1).opened).hasSize(1);
        assertThat(stores.get(2).opened).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"262144, 0", "262145, 1"})
    void streamWithLittleLeftIsReadToItsEndSoThatItsConnectionIsOfUse(int left, int brokenOff) throws Exception {
        byte[] bytes = new byte[300_000];
        ScriptedStore store = new ScriptedStore(bytes);
        StoredContent file = new StoredContent(store, DownloadTest.stored(bytes));
        BodyReader reader =
                new BodyReader(Body.of(ByteRange.whole(bytes.length)), List.of(file), any -> ReadAhead.off());
        reader.open(Long.MAX_VALUE);
        for (int before = bytes.length - left; before > 0; ) {
            before -= reader.read(bytes, 0, before);
        }
        reader.letGo(new byte[1000]);

        assertThat(store.open).hasValue(0);
        assertThat(store.brokenOff).hasValue(brokenOff);
        assertThat(reader.handedOut()).as("what goes out is not touched").isEqualTo(bytes.length - left);
        assertThat(reader.needsStream()).isTrue();
    }

    @Test
    void smallBodyIsAskedForAgainWhereItBrokeOff() throws Exception {
        byte[] bytes = Reader.randomBytes(4096);
        ScriptedStore store = new ScriptedStore(bytes);
        store.breaks.addAll(List.of(1, 0, -1, 1500));
        assertThat(small(store, DownloadTest.stored(bytes)).read(4096)).isEqualTo(bytes);
        assertThat(store.opened)
                .containsExactly(
                        ByteRange.whole(4096),
                        new ByteRange(1, 4095),
                        new ByteRange(1, 4095),
                        new ByteRange(1, 4095),
                        new ByteRange(1501, 2595));
        assertThat(store.open).hasValue(0);
    }

    @Test
    void smallBodyThatGoesOnBreakingOffIsGivenUp() throws Exception {
        ScriptedStore store = new ScriptedStore(new byte[100]);
        store.breaks.addAll(Collections.nCopies(100, 0));
        SmallBody small = small(store, DownloadTest.stored(new byte[100]));
        assertThatThrownBy(() -> small.read(100)).isInstanceOf(ObjectStoreException.class);
        assertThat(store.opened).hasSizeBetween(3, 50);
        small.reader().release();
        assertThat(store.open).hasValue(0);
    }

    @Test
    void storeThatDoesNotAnswerAtAllIsNotWaitedFor() throws Exception {
        ScriptedStore store = new ScriptedStore(new byte[100]);
        store.breaks.add(-1);
        SmallBody small = small(store, DownloadTest.stored(new byte[100]));
        assertThatThrownBy(() -> small.read(100)).isInstanceOf(ObjectStoreException.class);
        assertThat(store.opened).hasSize(1);
    }

    @Test
    void onlyDamageThatRepeatsIsDamage() throws Exception {
        byte[] bytes = Reader.randomBytes(4096);
        StoredFile recorded = DownloadTest.stored(bytes);
        byte[] other = bytes.clone();
        other[7] ^= 1;
        ScriptedStore store = new ScriptedStore(other);
        SmallBody damaged = small(store, recorded);
        assertThatThrownBy(() -> damaged.read(4096)).isInstanceOf(IntegrityException.class);
        assertThat(damaged.reader().damaged()).hasValue(0);
        assertThat(store.opened).hasSize(2);

        store.afterOpening = () -> other[7] = bytes[7]; // wrong in the first answer only
        other[7] ^= 1;
        SmallBody passing = small(store, recorded);
        assertThat(passing.read(4096)).isEqualTo(bytes);
        assertThat(passing.reader().damaged()).isEmpty();
        assertThat(passing.reader().handedOut()).isEqualTo(4096);
    }

    private static SmallBody small(ScriptedStore store, StoredFile file) {
        return new SmallBody(
                new BodyReader(
                        Body.of(ByteRange.whole(file.size())),
                        List.of(new StoredContent(store, file)),
                        any -> ReadAhead.off()),
                new RetryBackoff(Duration.ofSeconds(2), new Random(1)));
    }

    private static Body.Segment content(int file, long offset, long length) {
        return new Body.Content(file, new ByteRange(offset, length));
    }

    private BodyReader reader(Body.Segment... segments) throws Exception {
        StoredFile file = DownloadTest.stored(new byte[100]);
        List<StoredContent> files =
                stores.stream().map(store -> new StoredContent(store, file)).toList();
        return new BodyReader(new Body(List.of(segments)), files, any -> ReadAhead.off());
    }
}
