package io.reportfiles.download.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

class RetryBackoffTest {

    private final RetryBackoff healing = new RetryBackoff(Duration.ofSeconds(30), new Random(1));

    @Test
    void pausesGrowToFiveSecondsAndEndWithTheBudget() {
        long now = 0;
        Duration longest = Duration.ZERO;
        int tries = 0;
        for (Optional<Duration> pause = healing.pauseAfterFailure(now);
                pause.isPresent();
                pause = healing.pauseAfterFailure(now)) {
            assertThat(pause.get()).isBetween(Duration.ofMillis(50), Duration.ofSeconds(5));
            longest = pause.get().compareTo(longest) > 0 ? pause.get() : longest;
            now += pause.get().toNanos();
            tries++;
        }
        assertThat(tries).isBetween(8, 20);
        assertThat(longest).isGreaterThan(Duration.ofMillis(2500));
        assertThat(now).isLessThanOrEqualTo(Duration.ofSeconds(30).toNanos());
    }

    @Test
    void progressRenewsTheBudget() {
        assertThat(healing.pauseAfterFailure(0)).isPresent();
        healing.progress();
        assertThat(healing.pauseAfterFailure(Duration.ofHours(1).toNanos()))
                .hasValueSatisfying(pause -> assertThat(pause).isLessThanOrEqualTo(Duration.ofMillis(100)));
    }

    @Test
    void withoutABudgetTheFirstFailureIsTheLast() {
        assertThat(new RetryBackoff(Duration.ZERO, new Random(1)).pauseAfterFailure(0))
                .isEmpty();
    }
}
