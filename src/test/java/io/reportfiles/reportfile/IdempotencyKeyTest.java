package io.reportfiles.reportfile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class IdempotencyKeyTest {

    /** Undertow makes one blank of several, and so do proxies: on all servers it has to be the same key. */
    @Test
    void severalBlanksAreOne() {
        assertThat(new IdempotencyKey("a    b  c")).isEqualTo(new IdempotencyKey("a b c"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", " a", "a ", "a\tb", "\u00e9", "a\u00a0b"})
    void anythingElseThanPrintableAsciiIsRefused(String value) {
        assertThatIllegalArgumentException().isThrownBy(() -> new IdempotencyKey(value));
    }

    @Test
    void itHasUpTo255Characters() {
        assertThat(new IdempotencyKey("x".repeat(255)).value()).hasSize(255);
        assertThatIllegalArgumentException().isThrownBy(() -> new IdempotencyKey("x".repeat(256)));
    }
}
