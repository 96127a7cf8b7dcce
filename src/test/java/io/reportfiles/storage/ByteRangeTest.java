package io.reportfiles.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ByteRangeTest {

    @ParameterizedTest
    @CsvSource({"-1, 1", "0, 0", "0, -1", "1, 9223372036854775807", "9223372036854775807, 1"})
    void runThatCanNotExistIsRefused(long offset, long length) {
        assertThatThrownBy(() -> new ByteRange(offset, length)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void endIsTheByteAfterTheLast() {
        assertThat(new ByteRange(3, 4).end()).isEqualTo(7);
        assertThat(ByteRange.whole(Long.MAX_VALUE).end()).isEqualTo(Long.MAX_VALUE);
    }
}
