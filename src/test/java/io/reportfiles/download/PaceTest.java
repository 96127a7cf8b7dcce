package io.reportfiles.download;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class PaceTest {

    private static final Duration SLOW = Duration.ofMillis(1600);
    private static final Duration SHORT = Duration.ofMillis(20);

    private final Pace pace = new Pace();

    @Test
    void theWholeRestIsAskedForAtFirst() {
        assertThat(pace.nextStretch()).isEqualTo(Long.MAX_VALUE);
        assertThat(pace.rest(SHORT, 1000)).isEmpty();
        assertThat(pace.nextStretch()).isEqualTo(Long.MAX_VALUE);
    }

    @Test
    void aLittleMoreThanTheLargerOfTheLastTwoBurstsIsAskedForAndThenMoreAndMore() {
        pace.rest(SLOW, 1_000_000);
        assertThat(pace.nextStretch()).isEqualTo(1_016_384);
        pace.rest(SLOW, 1_083_616);
        pace.rest(SLOW, 1_143_616);
        assertThat(pace.nextStretch()).isEqualTo(100_000);
        assertThat(pace.nextStretch()).isEqualTo(50_000);
        assertThat(pace.nextStretch()).isEqualTo(100_000);
        assertThat(pace.nextStretch()).isEqualTo(200_000);
    }

    @Test
    void shortPauseIsInTheMiddleOfABurst() {
        pace.rest(SLOW, 1_000_000);
        pace.rest(SLOW, 1_060_000);
        assertThat(pace.rest(SHORT, 1_120_000)).isEmpty();
        pace.rest(SLOW, 1_143_616);
        assertThat(pace.nextStretch()).isEqualTo(100_000);

        assertThat(pace.rest(SHORT, 1_200_000)).isEmpty();
        assertThat(pace.rest(SLOW, 1_220_000)).hasValue(SLOW);
    }

    @Test
    void whoIsSlowAgainAndAgainCanWait() {
        assertThat(pace.rest(SLOW, 300_000)).isEmpty();
        assertThat(pace.rest(SLOW, 380_000)).isEmpty();
        assertThat(pace.rest(SLOW, 460_000)).hasValue(SLOW);
        assertThat(pace.rest(Duration.ofMinutes(1), 540_000)).hasValue(Duration.ofSeconds(4));
        assertThat(pace.isSlow()).isTrue();
    }

    @Test
    void whoTakesMuchMoreThanBeforeNeedNot() {
        for (int i = 1; i <= 5; i++) {
            pace.rest(SLOW, i * 80_000L);
        }
        assertThat(pace.rest(SLOW, 720_000)).as("four times as much").isPresent();
        assertThat(pace.rest(SLOW, 2_100_000)).as("more than that").isEmpty();
        assertThat(pace.isSlow()).isFalse();
        assertThat(pace.rest(SLOW, 2_180_000)).isEmpty();
        assertThat(pace.rest(SLOW, 2_260_000)).isPresent();
    }
}
