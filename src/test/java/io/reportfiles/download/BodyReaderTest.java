package io.reportfiles.download;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.reportfiles.reportfile.StoredFile;
import io.reportfiles.storage.ByteRange;
import io.reportfiles.storage.ObjectStoreException;
import java.time.Duration;
import java.util.List;
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
        StoredSource file = new StoredSource(store, DownloadTest.stored(bytes));
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

    private static Body.Segment content(int file, long offset, long length) {
        return new Body.Content(file, new ByteRange(offset, length));
    }

    private BodyReader reader(Body.Segment... segments) throws Exception {
        StoredFile file = DownloadTest.stored(new byte[100]);
        List<StoredSource> files =
                stores.stream().map(store -> new StoredSource(store, file)).toList();
        return new BodyReader(new Body(List.of(segments)), files, any -> ReadAhead.off());
    }
}
