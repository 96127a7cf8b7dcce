package io.reportfiles.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Optional;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ObjectKeyTest {

    @Test
    void longestKeyIsCountedInBytes() {
        assertThat(new ObjectKey("é".repeat(512)).value()).hasSize(512);
        assertThatThrownBy(() -> new ObjectKey("é".repeat(513))).isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "/a", "a\nb", "a\u0000", "a\u0085"})
    void keyThatStoresTreatDifferentlyIsRefused(String value) {
        assertThatThrownBy(() -> new ObjectKey(value)).isInstanceOf(IllegalArgumentException.class);
    }

    @Nested
    class Composed {

        @ParameterizedTest
        @ValueSource(strings = {"reports/2026", "/reports/2026/", "reports/2026//"})
        void prefixIsSeparatedByOneSlash(String prefix) {
            assertThat(new ObjectKeys(prefix).of("ak", "2027"))
                    .extracting(ObjectKey::value)
                    .isEqualTo("reports/2026/ak/2027");
        }

        @Test
        void emptyPrefixAddsNothing() {
            assertThat(new ObjectKeys("").of("ak").value()).isEqualTo("ak");
        }

        @ParameterizedTest
        @ValueSource(strings = {"", ".", "..", "a/b", "a b", "ä", "a%", "a\n"})
        void unsafeSegmentIsRefused(String segment) {
            ObjectKeys keys = new ObjectKeys("p");

            assertThatThrownBy(() -> keys.of("a", segment)).isInstanceOf(IllegalArgumentException.class);
        }

        @ParameterizedTest
        @ValueSource(strings = {"a//b", "../a", "a b"})
        void unsafePrefixIsRefused(String prefix) {
            assertThatThrownBy(() -> new ObjectKeys(prefix)).isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    void entityTagIsTheSameWithAndWithoutQuotes() {
        ObjectKey key = new ObjectKey("a");

        assertThat(new ObjectVersion("bucket", key, Optional.empty(), "\"tag-2\""))
                .isEqualTo(new ObjectVersion("bucket", key, Optional.empty(), "tag-2"));
    }
}
