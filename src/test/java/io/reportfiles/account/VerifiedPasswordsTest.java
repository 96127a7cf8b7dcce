package io.reportfiles.account;

import static org.assertj.core.api.Assertions.assertThat;

import io.reportfiles.persistence.MovableClock;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class VerifiedPasswordsTest {

    private final MovableClock clock = new MovableClock(Instant.parse("2026-07-01T08:00:00Z"));
    private final VerifiedPasswords<String> verified =
            new VerifiedPasswords<>(clock, Duration.ofSeconds(30), new SecureRandom());

    @Test
    void remembersOnlyThePairThatWasVerified() {
        verified.add("secret", "hash", "whose");

        assertThat(verified.find("secret", "hash")).contains("whose");
        assertThat(verified.find("secret", "new hash")).isEmpty();
        assertThat(verified.find("other", "hash")).isEmpty();
        assertThat(verified.find("ecret", "hashs")).isEmpty();
    }

    @Test
    void forgetsAfterItsTime() {
        verified.add("secret", "hash", "whose");

        clock.advance(Duration.ofSeconds(29));
        assertThat(verified.find("secret", "hash")).contains("whose");
        clock.advance(Duration.ofSeconds(1));
        assertThat(verified.find("secret", "hash")).isEmpty();
    }

    @Test
    void remembersNothingWhenTurnedOff() {
        VerifiedPasswords<String> off = new VerifiedPasswords<>(clock, Duration.ZERO, new SecureRandom());

        off.add("secret", "hash", "whose");

        assertThat(off.find("secret", "hash")).isEmpty();
    }

    @Test
    void doesNotGrowWithoutEnd() {
        for (int i = 0; i < 10_001; i++) {
            verified.add("secret" + i, "hash", "whose");
        }

        assertThat(verified.find("secret0", "hash")).isEmpty();
        assertThat(verified.find("secret1", "hash")).contains("whose");
        assertThat(verified.find("secret10000", "hash")).contains("whose");
    }
}
