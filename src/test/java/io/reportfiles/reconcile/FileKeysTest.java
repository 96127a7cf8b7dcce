package io.reportfiles.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import io.reportfiles.storage.ObjectKeys;
import java.util.UUID;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FileKeysTest {

    @ParameterizedTest
    @ValueSource(strings = {"", "reports/2024"})
    void whatWeStoredIsTold(String prefix) {
        ObjectKeys composed = new ObjectKeys(prefix);
        FileKeys keys = new FileKeys(composed);
        UUID random = UUID.randomUUID();
        String file = composed.of("A", "2024", "Q1", "S", random.toString()).value();

        assertThat(keys.rowKey(file)).contains(file);
        assertThat(keys.rowKey(file + ".tail-1")).contains(file);
        String probe = composed.ofProbe(random).value();
        String asset = composed.ofAsset("0123456789abcdef", "console/app.js.gz").value();
        assertThat(keys.rowKey(asset)).isEmpty();
        assertThat(keys.isForeign(asset)).isFalse();
        String anchor = composed.ofAnchor("audit", "12-" + "a".repeat(64)).value();
        assertThat(anchor).startsWith(composed.anchors("audit"));
        assertThat(keys.rowKey(anchor)).isEmpty();
        assertThat(keys.isForeign(anchor)).isFalse();
        assertThat(keys.rowKey(probe)).as("left by a check of the storage").contains(probe);
    }

    @ParameterizedTest
    @ValueSource(strings = {"readme.txt", "reports/2024/readme.txt", "storage-check", "a/2024/Q1/b/c"})
    void whatOthersStoredIsForeign(String key) {
        assertThat(new FileKeys(new ObjectKeys("")).isForeign(key)).isTrue();
        assertThat(new FileKeys(new ObjectKeys("")).rowKey(key)).isEmpty();
        assertThat(new FileKeys(new ObjectKeys("reports/2024")).rowKey(key)).isEmpty();
    }
}
