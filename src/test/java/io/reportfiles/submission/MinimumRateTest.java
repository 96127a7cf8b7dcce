package io.reportfiles.submission;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** With 1 KiB a second, on the average of ten. */
class MinimumRateTest {

    private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

    private final MinimumRate pace = new MinimumRate(Paces.SETTINGS);

    @Test
    void steadySenderIsKept() {
        for (int second = 0; second < 100; second++) {
            assertThat(pace.isKeptWith(1024, SECOND)).isTrue();
        }
    }

    @Test
    void pauseIsForgivenWithinTheWindow() {
        assertThat(pace.isKeptWith(1, 9 * SECOND)).isTrue();
        assertThat(pace.isKeptWith(20 * 1024, SECOND)).isTrue();
    }

    @Test
    void trickleIsNotKept() {
        for (int second = 1; second < 10; second++) {
            assertThat(pace.isKeptWith(1, SECOND)).isTrue();
        }
        assertThat(pace.isKeptWith(1, SECOND)).isFalse();
    }

    @Test
    void whatCameBeforeDoesNotPayForATrickle() {
        assertThat(pace.isKeptWith(1 << 30, 10 * SECOND)).isTrue();
        assertThat(pace.isKeptWith(1, 10 * SECOND)).isFalse();
    }

    @Test
    void timeThatIsNotSpentWaitingDoesNotCount() {
        for (int read = 0; read < 1000; read++) {
            assertThat(pace.isKeptWith(1, 0)).isTrue();
        }
    }

    @Test
    void anyRateWillDoWhereNoneIsAsked() {
        assertThat(Paces.ANY.isKeptWith(1, 1000 * SECOND)).isTrue();
    }
}
