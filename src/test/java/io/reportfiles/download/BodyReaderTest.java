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

/** What is asked of the stores of several files before anything is promised of them. */
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
