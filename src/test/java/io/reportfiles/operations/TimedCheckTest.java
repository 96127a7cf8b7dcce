package io.reportfiles.operations;

import static org.assertj.core.api.Assertions.assertThat;

import io.reportfiles.persistence.MovableClock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class TimedCheckTest {

    private static final CheckResult UP = new CheckResult(true, Map.of(), "fine");

    private final MovableClock clock = new MovableClock(Instant.parse("2026-01-01T00:00:00Z"));
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final AtomicInteger asked = new AtomicInteger();

    @AfterEach
    void stop() {
        threads.shutdownNow();
    }

    @Test
    void answerCountsForAWhile() {
        TimedCheck check = check(this::answerUp, threads);
        check.ask();
        clock.advance(Duration.ofMillis(1999));
        assertThat(check.ask()).isEqualTo(UP);
        assertThat(asked).hasValue(1);
        clock.advance(Duration.ofMillis(1));
        check.ask();
        assertThat(asked).hasValue(2);
    }

    @Test
    void hangingQuestionIsAskedOnceAndDoesNotHangAnybody() {
        CountDownLatch release = new CountDownLatch(1);
        TimedCheck check = check(
                () -> {
                    awaitQuietly(release);
                    return answerUp();
                },
                threads);
        assertThat(check.ask().data()).containsEntry("state", "NO_ANSWER");
        clock.advance(Duration.ofMinutes(1));
        assertThat(check.ask().up()).isFalse();
        assertThat(asked).hasValue(0);
        release.countDown();
        clock.advance(Duration.ofMinutes(1));
        assertThat(check.ask()).isEqualTo(UP);
    }

    @Test
    void failureIsDownAndIsAskedAgainAtOnce() {
        TimedCheck check = check(
                () -> {
                    if (asked.getAndIncrement() == 0) {
                        throw new IllegalStateException("away");
                    }
                    return UP;
                },
                threads);
        assertThat(check.ask().up()).isFalse();
        assertThat(check.ask().up()).isTrue();
    }

    @Test
    void withoutAThreadItIsDown() {
        TimedCheck check = check(this::answerUp, command -> {
            throw new RejectedExecutionException();
        });
        assertThat(check.ask().data()).containsEntry("state", "BUSY");
    }

    private CheckResult answerUp() {
        asked.incrementAndGet();
        return UP;
    }

    private TimedCheck check(Supplier<CheckResult> question, Executor executor) {
        return new TimedCheck("thing", question, executor, clock, Duration.ofMillis(200), Duration.ofSeconds(2));
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
