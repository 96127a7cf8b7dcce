package io.reportfiles.signin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.reportfiles.access.Caller;
import io.reportfiles.access.Role;
import io.reportfiles.config.LimitSettings;
import io.reportfiles.persistence.MovableClock;
import io.reportfiles.web.problem.ProblemException;
import io.reportfiles.web.problem.ProblemType;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class RequestLimitTest {

    private static final int LIMIT = 5;

    private final MovableClock clock = new MovableClock(Instant.parse("2026-11-23T10:00:00.700Z"));
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final RequestLimit limit = limit(LIMIT);
    private final Caller caller = caller();

    @Test
    void requestBeyondTheLimitIsToldWhenToComeBack() {
        pass(LIMIT);

        ProblemException refusal = catchThrowableOfType(ProblemException.class, () -> limit.admit(caller));

        assertThat(refusal.type()).isEqualTo(ProblemType.TOO_MANY_REQUESTS);
        assertThat(refusal).hasMessage("Your account may send 5 requests a minute. Wait a moment, then go on.");
        assertThat(meters.counter("reportfiles.limit.refusals", "limit", "requests")
                        .count())
                .isEqualTo(1);
        clock.advance(refusal.retryAfter().orElseThrow());
        pass(LIMIT);
    }

    @Test
    void waitIsNoLongerThanNeeded() {
        pass(1);
        clock.advance(Duration.ofSeconds(20));
        pass(LIMIT - 1);
        clock.advance(Duration.ofSeconds(20));

        assertThat(refusal().retryAfter()).contains(Duration.ofMillis(20_300)); // a minute after the end of its second
        clock.advance(Duration.ofMillis(20_300));
        pass(1);
        refusal();
    }

    @Test
    void refusedRequestsDoNotCount() {
        pass(LIMIT);
        for (int i = 0; i < 59; i++) {
            clock.advance(Duration.ofSeconds(1));
            refusal();
        }
        clock.advance(Duration.ofSeconds(2));
        pass(LIMIT);
    }

    @Test
    void noMinuteHasMoreThanItMay() {
        Random random = new Random(1);
        Deque<Instant> admitted = new ArrayDeque<>();
        for (int i = 0; i < 20_000; i++) {
            clock.advance(Duration.ofMillis(random.nextInt(i % 1000 == 0 ? 200_000 : 3_000)));
            try {
                limit.admit(caller);
                admitted.add(clock.instant());
            } catch (ProblemException expected) {
                assertThat(expected.retryAfter().orElseThrow()).isBetween(Duration.ZERO, Duration.ofSeconds(61));
            }
            while (!admitted.isEmpty()
                    && !admitted.peek().isAfter(clock.instant().minusSeconds(60))) {
                admitted.remove();
            }
            assertThat(admitted).hasSizeLessThanOrEqualTo(LIMIT);
        }
    }

    @Test
    void accountsAreCountedApart() {
        pass(LIMIT);
        assertThatCode(() -> limit.admit(caller())).doesNotThrowAnyException();
    }

    @Test
    void clockThatIsSetBackForgetsNothingAndRefusesNobodyForLong() {
        pass(LIMIT);
        clock.advance(Duration.ofHours(-1));
        assertThat(refusal().retryAfter()).isPresent();
        clock.advance(Duration.ofHours(1).plusSeconds(61));
        pass(LIMIT);
    }

    @Test
    void whoSeesAsAnAccountUsesUpHisOwnRequests() {
        Caller administrator =
                new Caller(UUID.randomUUID(), "admin", Set.of(Role.ADMINISTRATOR), Optional.empty(), Optional.empty());
        for (int i = 0; i < LIMIT; i++) {
            limit.admit(caller.seenBy(administrator));
        }
        assertThatThrownBy(() -> limit.admit(caller.seenBy(administrator))).isInstanceOf(ProblemException.class);
        assertThatThrownBy(() -> limit.admit(administrator)).isInstanceOf(ProblemException.class);
        pass(LIMIT);
    }

    @Test
    void zeroIsNoLimit() {
        RequestLimit none = limit(0);
        for (int i = 0; i < 1000; i++) {
            none.admit(caller);
        }
    }

    private void pass(int requests) {
        for (int i = 0; i < requests; i++) {
            limit.admit(caller);
        }
    }

    private ProblemException refusal() {
        return catchThrowableOfType(ProblemException.class, () -> limit.admit(caller));
    }

    private RequestLimit limit(int requestsPerMinute) {
        return new RequestLimit(new LimitSettings(requestsPerMinute, 0, 0), meters, clock);
    }

    private static Caller caller() {
        return new Caller(UUID.randomUUID(), "alice", Set.of(Role.READER), Optional.empty(), Optional.empty());
    }
}
