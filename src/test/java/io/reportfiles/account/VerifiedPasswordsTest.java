package io.reportfiles.account;

import static org.assertj.core.api.Assertions.assertThat;

import io.reportfiles.persistence.MovableClock;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class VerifiedPasswordsTest {

    private final MovableClock clock = new MovableClock(Instant.parse("2026-07-01T08:00:00Z"));
    private final VerifiedPasswords verified = new VerifiedPasswords(clock, Duration.ofSeconds(30), new SecureRandom());

    @Test
    void remembersOnlyThePairThatWasVerified() {
        verified.add("secret", "hash");

        assertThat(verified.contains("secret", "hash")).isTrue();
        assertThat(verified.contains("secret", "new hash")).isFalse();
        assertThat(verified.contains("other", "hash")).isFalse();
        assertThat(verified.contains("ecret", "hashs")).isFalse();
    }

    @Test
    void forgetsAfterItsTime() {
        verified.add("secret", "hash");

        clock.advance(Duration.ofSeconds(29));
        assertThat(verified.contains("secret", "hash")).isTrue();
        clock.advance(Duration.ofSeconds(1));
        assertThat(verified.contains("secret", "hash")).isFalse();
    }

    @Test
    void remembersNothingWhenTurnedOff() {
        VerifiedPasswords off = new VerifiedPasswords(clock, Duration.ZERO, new SecureRandom());

        off.add("secret", "hash");

        assertThat(off.contains("secret", "hash")).isFalse();
    }

    @Test
    void doesNotGrowWithoutEnd() {
        for (int i = 0; i < 10_001; i++) {
            verified.add("secret" + i, "hash");
        }

        assertThat(verified.contains("secret0", "hash")).isFalse();
        assertThat(verified.contains("secret1", "hash")).isTrue();
        assertThat(verified.contains("secret10000", "hash")).isTrue();
    }
}
