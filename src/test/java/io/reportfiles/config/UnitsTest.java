package io.reportfiles.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class UnitsTest {

    @ParameterizedTest
    @CsvSource({
        "0, 0",
        "500000, 500000",
        "1KiB, 1024",
        "64MiB, 67108864",
        "64 mib, 67108864",
        "5G, 5368709120",
        "2MB, 2000000"
    })
    void sizeIsRead(String text, long bytes) {
        assertThat(ByteSize.parse(text)).isEqualTo(bytes);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "MiB", "-1", "1.5GiB", "1 PiB", "999999999999999999TiB", "9999999999999999999"})
    void whatIsNoSizeIsRefused(String text) {
        assertThatThrownBy(() -> ByteSize.parse(text)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void formattedSizeIsReadBack() {
        new Random(1)
                .longs(1000, 0, 1L << 50)
                .map(bytes -> bytes & -(1L << (bytes % 50)))
                .forEach(bytes ->
                        assertThat(ByteSize.parse(ByteSize.format(bytes))).isEqualTo(bytes));
    }

    @ParameterizedTest
    @CsvSource({"500ms, PT0.5S", "30s, PT30S", "2 m, PT2M", "1H, PT1H", "1d, PT24H", "PT1M30S, PT1M30S", "pt5s, PT5S"})
    void durationIsRead(String text, Duration duration) {
        assertThat(TimeSpan.parse(text)).isEqualTo(duration);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "30", "s", "1.5s", "1w", "P", "999999999999999d"})
    void whatIsNoDurationIsRefused(String text) {
        assertThatThrownBy(() -> TimeSpan.parse(text)).isInstanceOf(IllegalArgumentException.class);
    }
}
