package io.reportfiles.download;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class PaceTest {

    private static final Duration SLOW = Duration.ofMillis(1600);

    private final Pace pace = new Pace();

    @Test
    void theWholeRestIsAskedForAtFirst() {
        assertThat(pace.nextStretch()).isEqualTo(Long.MAX_VALUE);
        assertThat(pace.nextStretch()).isEqualTo(Long.MAX_VALUE);
    }

    @Test
    void aLittleMoreThanTheLastBurstIsAskedForAndThenMoreAndMore() {
        pace.noteBurst(1_000_000);
        pace.noteBurst(1_080_000);
        assertThat(pace.nextStretch()).isEqualTo(100_000);
        assertThat(pace.nextStretch()).isEqualTo(25_000);
        assertThat(pace.nextStretch()).isEqualTo(50_000);
        assertThat(pace.nextStretch()).isEqualTo(100_000);
        pace.noteBurst(1_080_001);
        assertThat(pace.nextStretch()).as("a request costs the same for less").isEqualTo(16_384);
    }

    @Test
    void whoIsSlowAgainAndAgainCanWait() {
        assertThat(pace.rest(SLOW)).isEmpty();
        assertThat(pace.rest(SLOW)).isEmpty();
        assertThat(pace.rest(SLOW)).hasValue(SLOW);
        assertThat(pace.rest(Duration.ofMinutes(1))).hasValue(Duration.ofSeconds(4));
    }

    @Test
    void whoIsFastAgainNeedNot() {
        for (int i = 0; i < 5; i++) {
            pace.rest(SLOW);
        }
        assertThat(pace.rest(Duration.ofMillis(20))).isEmpty();
        assertThat(pace.rest(SLOW)).isEmpty();
    }
}
