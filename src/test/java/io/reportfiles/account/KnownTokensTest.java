package io.reportfiles.account;

import static org.assertj.core.api.Assertions.assertThat;

import io.reportfiles.access.Caller;
import io.reportfiles.persistence.MovableClock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class KnownTokensTest {

    private final MovableClock clock = new MovableClock(Instant.parse("2026-01-01T00:00:00Z"));
    private final KnownTokens known = new KnownTokens(clock);
    private final AtomicInteger reads = new AtomicInteger();

    private Optional<TokenIdentity> readFromDatabase() {
        reads.incrementAndGet();
        return Optional.of(token());
    }

    private static TokenIdentity token() {
        Caller caller = new Caller(UUID.randomUUID(), "kim", Set.of(), Optional.empty(), Optional.empty());
        return new TokenIdentity(
                UUID.randomUUID(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                new Identity(caller, Optional.empty(), 0));
    }

    @Test
    void tokenIsReadOnceInAWhile() {
        assertThat(known.find("hash", this::readFromDatabase)).isEqualTo(known.find("hash", this::readFromDatabase));
        assertThat(reads).hasValue(1);

        known.find("other", this::readFromDatabase);
        assertThat(reads).hasValue(2);
    }

    @Test
    void whatIsTooOldIsReadAgain() {
        known.find("hash", this::readFromDatabase);
        clock.advance(KnownTokens.MAX_AGE.minus(Duration.ofMillis(1)));
        known.find("hash", this::readFromDatabase);
        assertThat(reads).hasValue(1);

        clock.advance(Duration.ofMillis(1));
        known.find("hash", this::readFromDatabase);
        assertThat(reads).hasValue(2);
    }

    @Test
    void changeIsSeenAtOnce() {
        known.find("hash", this::readFromDatabase);
        known.forget();
        known.find("hash", this::readFromDatabase);
        assertThat(reads).hasValue(2);
    }

    @Test
    void whatWasReadBeforeAChangeIsNotRemembered() {
        known.find("hash", () -> {
            known.forget(); // the change comes after the row was read and before it is remembered
            return Optional.of(token());
        });
        known.find("hash", this::readFromDatabase);
        assertThat(reads).hasValue(1);
    }

    @Test
    void unknownTokenIsNotRemembered() {
        assertThat(known.find("hash", Optional::empty)).isEmpty();
        assertThat(known.find("hash", this::readFromDatabase)).isPresent();
    }
}
