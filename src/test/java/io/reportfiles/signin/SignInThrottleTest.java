package io.reportfiles.signin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.reportfiles.account.AccountName;
import io.reportfiles.account.SignInAttempt;
import io.reportfiles.config.SignInSettings;
import io.reportfiles.persistence.MovableClock;
import io.reportfiles.web.problem.ProblemException;
import io.reportfiles.web.problem.ProblemType;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SignInThrottleTest {

    private static final String HERE = "192.0.2.1";
    private static final String ELSEWHERE = "192.0.2.2";

    private final MovableClock clock = new MovableClock(Instant.parse("2026-07-01T08:00:00Z"));
    private final SignInThrottle throttle =
            new SignInThrottle(new SignInSettings(5, 100, Duration.ofMinutes(1)), clock);

    private SignInAttempt attempt(String name, String address) {
        return throttle.attempt(AccountName.parse(name).map(AccountName::value), address);
    }

    private void fail(int times, String name, String address) {
        for (int i = 0; i < times; i++) {
            failOnce(name, address);
        }
    }

    /** One that is made whether it is admitted or not. */
    private void failOnce(String name, String address) {
        SignInAttempt attempt = attempt(name, address);
        try {
            attempt.admit();
        } catch (ProblemException tooEarly) {
            assertThat(tooEarly.type()).isEqualTo(ProblemType.TOO_MANY_REQUESTS);
        }
        attempt.failed();
    }

    private Optional<Duration> waitOf(String name, String address) {
        try {
            attempt(name, address).admit();
            return Optional.empty();
        } catch (ProblemException refusal) {
            assertThat(refusal.type()).isEqualTo(ProblemType.TOO_MANY_REQUESTS);
            return refusal.retryAfter();
        }
    }

    @Test
    void fourFailuresCostNothing() {
        fail(4, "anna", HERE);

        assertThat(waitOf("anna", HERE)).isEmpty();
    }

    @Test
    void theWaitDoublesFromTheFifthFailureUpToAMinute() {
        fail(4, "anna", HERE);
        for (int seconds : new int[] {1, 2, 4, 8, 16, 32, 60, 60}) {
            failOnce("anna", HERE);
            assertThat(waitOf("anna", HERE)).contains(Duration.ofSeconds(seconds));
        }
        clock.advance(Duration.ofSeconds(60));
        assertThat(waitOf("anna", HERE)).isEmpty();
    }

    @Test
    void nobodyIsKeptOutFromElsewhere() {
        fail(50, "anna", HERE);

        assertThat(waitOf("anna", ELSEWHERE)).isEmpty();
        assertThat(waitOf("bert", HERE)).isEmpty();
    }

    @Test
    void anAddressThatTriesManyNamesWaitsWhateverTheName() {
        for (int i = 0; i < 100; i++) {
            failOnce("name" + i, HERE);
        }

        assertThat(waitOf("somebody-else", HERE)).contains(Duration.ofSeconds(1));
        assertThat(waitOf("somebody-else", ELSEWHERE)).isEmpty();
    }

    @Test
    void textsThatAreNoNamesCountAsOne() {
        for (int i = 0; i < 5; i++) {
            failOnce("no name " + i, HERE);
        }

        assertThat(waitOf("another no name", HERE)).isPresent();
        assertThat(waitOf("anna", HERE)).isEmpty();
    }

    @Test
    void holderOfAnIpv6NetworkIsOneAddress() {
        for (int i = 0; i < 5; i++) {
            failOnce("anna", "2001:db8:1:2::" + i);
        }

        assertThat(waitOf("anna", "2001:db8:1:2:ffff::1")).isPresent();
        assertThat(waitOf("anna", "2001:db8:1:3::1")).isEmpty();
    }

    @Test
    void successForgivesWhatWasTriedWithTheName() {
        fail(4, "anna", HERE);
        attempt("anna", HERE).succeeded();
        fail(4, "anna", HERE);

        assertThat(waitOf("anna", HERE)).isEmpty();
    }

    @Test
    void quarterOfAnHourForgivesAll() {
        fail(20, "anna", HERE);
        clock.advance(SignInThrottle.MEMORY);
        fail(4, "anna", HERE);

        assertThat(waitOf("anna", HERE)).isEmpty();
    }

    @Test
    void noNumberOfNamesAndAddressesFillsTheMemory() {
        for (int i = 0; i < SignInThrottle.MAX_ENTRIES; i++) {
            failOnce("anna", "10.0.%d.%d".formatted(i / 256, i % 256));
        }
        fail(5, "anna", HERE);
        assertThat(waitOf("anna", HERE))
                .as("the latest are those that are kept")
                .isPresent();
        for (int i = 0; i < SignInThrottle.MAX_ENTRIES; i++) {
            failOnce("anna", "10.1.%d.%d".formatted(i / 256, i % 256));
        }
        assertThat(waitOf("anna", HERE)).isEmpty();
    }

    @Test
    void noWaitIsAllowedToBeConfigured() {
        SignInThrottle none = new SignInThrottle(new SignInSettings(1, 1, Duration.ZERO), clock);
        SignInAttempt attempt = none.attempt(Optional.empty(), HERE);
        attempt.admit();
        attempt.failed();

        assertThatCode(attempt::admit).doesNotThrowAnyException();
    }

    @Test
    void refusalSaysWhenToComeBackAndNothingOfAccounts() {
        fail(5, "anna", HERE);

        assertThatThrownBy(() -> attempt("anna", HERE).admit())
                .hasMessageContaining("Wait a moment")
                .hasMessageNotContaining("anna");
    }
}
