package io.reportfiles.download.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ReaderRateTest {

    private static final Duration SLOW = Duration.ofMillis(1600);
    private static final Duration SHORT = Duration.ofMillis(20);

    private final ReaderRate pace = new ReaderRate();
    private long sent;

    private Optional<Duration> takes(long bytes, Duration idle) {
        sent += bytes;
        pace.noteBurst(sent);
        return pace.rest(idle, sent);
    }

    private void takesSlowlyThreeTimes() {
        takes(80_000, SLOW);
        takes(80_000, SLOW);
        assertThat(pace.isSlow(sent)).isFalse();
        takes(80_000, SLOW);
        assertThat(pace.isSlow(sent)).isTrue();
    }

    @Test
    void theWholeRestIsAskedForAtFirst() {
        assertThat(pace.nextStretch()).isEqualTo(Long.MAX_VALUE);
        assertThat(pace.nextStretch()).isEqualTo(Long.MAX_VALUE);
    }

    @Test
    void aLittleMoreThanTheLargerOfTheLastTwoBurstsIsAskedForAndThenMoreAndMore() {
        takes(1_000_000, SHORT);
        assertThat(pace.nextStretch()).isEqualTo(1_016_384);
        takes(83_616, SHORT);
        assertThat(pace.nextStretch()).isEqualTo(1_016_384);
        takes(60_000, SHORT);
        assertThat(pace.nextStretch()).isEqualTo(100_000);
        assertThat(pace.nextStretch()).isEqualTo(50_000);
        assertThat(pace.nextStretch()).isEqualTo(100_000);
        assertThat(pace.nextStretch()).isEqualTo(200_000);
        takes(0, SHORT);
        takes(0, SHORT);
        assertThat(pace.nextStretch()).isEqualTo(16_384);
        assertThat(pace.nextStretch()).as("a request costs the same for less").isEqualTo(16_384);
    }

    @Test
    void whoIsSlowAgainAndAgainCanWait() {
        takesSlowlyThreeTimes();
        assertThat(takes(80_000, SLOW)).hasValue(SLOW);
        assertThat(takes(80_000, Duration.ofMinutes(1))).hasValue(Duration.ofSeconds(4));
    }

    @Test
    void shortPauseIsInTheMiddleOfABurst() {
        takesSlowlyThreeTimes();

        assertThat(takes(83_616, SHORT)).isEmpty();
        assertThat(pace.nextStretch()).as("for the rest of it").isEqualTo(50_000);
        assertThat(takes(12_000, SLOW)).hasValue(SLOW);
        assertThat(pace.nextStretch()).isEqualTo(100_000);
    }

    @Test
    void whoTakesMuchInBetweenIsNotSlow() {
        takesSlowlyThreeTimes();

        takes(4 << 20, SHORT);
        assertThat(pace.isSlow(sent)).isTrue();
        takes(1, SHORT);
        assertThat(pace.isSlow(sent)).as("without another long pause").isFalse();

        assertThat(takes(80_000, SLOW)).isEmpty();
        assertThat(takes(80_000, SLOW)).isEmpty();
        assertThat(takes(80_000, SLOW)).hasValue(SLOW);
    }

    @Test
    void whoStopsNowAndThenIsNotSlow() {
        for (int i = 0; i < 5; i++) {
            for (int j = 0; j < 10; j++) {
                assertThat(takes(500_000, SHORT)).isEmpty();
            }
            assertThat(takes(500_000, SLOW)).isEmpty();
        }
    }
}
