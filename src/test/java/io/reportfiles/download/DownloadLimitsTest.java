package io.reportfiles.download;

import static org.assertj.core.api.Assertions.assertThat;
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
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class DownloadLimitsTest {

    private static final Caller ALICE = caller("alice");
    private static final Caller BOB = caller("bob");

    private final MovableClock clock = new MovableClock(Instant.parse("2026-11-23T22:00:00Z"));
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final Map<String, Long> elsewhere = new HashMap<>();
    private int questions;

    @Test
    void downloadsUnderWayAreCountedForEachAccount() {
        DownloadLimits limits = limits(2, 0);
        DownloadLimits.Admission first = limits.admit(ALICE, 10);
        limits.admit(ALICE, 10);

        ProblemException refusal = refusal(limits, ALICE, 10);
        assertThat(refusal.type()).isEqualTo(ProblemType.TOO_MANY_REQUESTS);
        assertThat(refusal)
                .hasMessage("Your account has 2 downloads under way, and may not have more."
                        + " Try again when one has ended.");
        assertThat(refusal.retryAfter()).contains(Duration.ofSeconds(10));
        assertThat(meters.counter("reportfiles.limit.refusals", "limit", "downloads")
                        .count())
                .isEqualTo(1);
        limits.admit(BOB, 10);

        first.end(10);
        first.end(0); // says nothing new
        limits.admit(ALICE, 10);
        refusal(limits, ALICE, 10);
        assertThat(questions).isZero();
    }

    @Test
    void bytesArePromisedFirstAndThenThoseSent() {
        DownloadLimits limits = limits(0, 100);
        DownloadLimits.Admission first = limits.admit(ALICE, 60);

        ProblemException refusal = refusal(limits, ALICE, 41);
        assertThat(refusal)
                .hasMessage("Your account may download 100 bytes a day. 40 are left, and this takes 41."
                        + " The next day begins at 00:00 UTC.");
        assertThat(refusal.retryAfter()).contains(Duration.ofHours(2));
        limits.admit(BOB, 100);

        first.end(20); // its reader left
        limits.admit(ALICE, 80);
        refusal(limits, ALICE, 1);
        limits.admit(ALICE, 0); // an empty file takes nothing
    }

    @Test
    void nextDayBeginsWithNothing() {
        DownloadLimits limits = limits(0, 100);
        DownloadLimits.Admission yesterdays = limits.admit(ALICE, 100);
        clock.advance(Duration.ofHours(2));

        limits.admit(ALICE, 90);
        yesterdays.end(50); // counts for the day on which it began
        limits.admit(ALICE, 10);
        refusal(limits, ALICE, 1);
    }

    @Test
    void whatIsTakenElsewhereCountsSoon() {
        DownloadLimits limits = limits(0, 100);
        elsewhere.put("alice", 30L);
        limits.admit(ALICE, 10);
        limits.admit(ALICE, 10);
        assertThat(questions).as("the ledger is not asked for each download").isEqualTo(1);

        elsewhere.put("alice", 75L);
        limits.ask();
        assertThat(refusal(limits, ALICE, 6)).hasMessageContaining(" 5 are left");
        limits.admit(ALICE, 5);
    }

    @Test
    void accountThatWasQuietIsLookedUpAnew() {
        DownloadLimits limits = limits(0, 100);
        limits.admit(ALICE, 10);
        elsewhere.put("alice", 90L);
        clock.advance(DownloadLimits.OLDEST.plusSeconds(1));

        refusal(limits, ALICE, 1);
    }

    @Test
    void quietAccountsAreNotAskedFor() {
        DownloadLimits limits = limits(0, 100);
        limits.ask();
        limits.admit(ALICE, 10);
        limits.ask();
        limits.ask();
        assertThat(questions).as("by the download, and once since").isEqualTo(2);
    }

    @Test
    void accountsThatWereActiveAtMidnightAreAskedForOnce() {
        DownloadLimits limits = limits(0, 100);
        clock.advance(Duration.ofMinutes(119));
        limits.admit(ALICE, 10);
        clock.advance(Duration.ofMinutes(2));
        limits.ask();
        limits.ask();
        assertThat(questions).isEqualTo(2);
        elsewhere.put("alice", 95L);
        assertThat(refusal(limits, ALICE, 6)).hasMessageContaining(" 5 are left");
    }

    @Test
    void nobodyWhoEndsADownloadWaitsForTheLedger() throws Exception {
        CountDownLatch asked = new CountDownLatch(1);
        CountDownLatch answer = new CountDownLatch(1);
        AtomicBoolean slow = new AtomicBoolean();
        DownloadLimits limits = new DownloadLimits(
                new LimitSettings(0, 0, 100),
                (names, since) -> {
                    if (slow.get()) {
                        asked.countDown();
                        await(answer);
                    }
                    return Map.of();
                },
                meters,
                clock,
                () -> 0);
        DownloadLimits.Admission first = limits.admit(ALICE, 10);
        clock.advance(DownloadLimits.OLDEST.plusSeconds(1));
        slow.set(true);
        CompletableFuture<DownloadLimits.Admission> next = CompletableFuture.supplyAsync(() -> limits.admit(ALICE, 95));
        await(asked);
        CompletableFuture.runAsync(() -> first.end(5)).get(10, TimeUnit.SECONDS);
        answer.countDown();
        assertThat(next.get(10, TimeUnit.SECONDS)).isNotNull();
    }

    @Test
    void ledgerIsAskedOnceForAllWhoComeAtOnce() throws Exception {
        AtomicInteger asked = new AtomicInteger();
        CountDownLatch answer = new CountDownLatch(1);
        DownloadLimits limits = new DownloadLimits(
                new LimitSettings(0, 0, 100),
                (names, since) -> {
                    asked.incrementAndGet();
                    await(answer);
                    return Map.of();
                },
                meters,
                clock,
                () -> 0);
        List<Thread> readers = Stream.generate(() -> new Thread(() -> limits.admit(ALICE, 10)))
                .limit(8)
                .toList();
        readers.forEach(Thread::start);
        while (readers.stream().anyMatch(reader -> reader.getState() == Thread.State.RUNNABLE)) {
            Thread.onSpinWait(); // until one waits for the answer, and the others for it
        }
        answer.countDown();
        for (Thread reader : readers) {
            reader.join(10_000);
        }
        assertThat(asked).hasValue(1);
        assertThat(refusal(limits, ALICE, 21)).hasMessageContaining(" 20 are left");
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(10, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private static ProblemException refusal(DownloadLimits limits, Caller caller, long bytes) {
        return catchThrowableOfType(ProblemException.class, () -> limits.admit(caller, bytes));
    }

    private DownloadLimits limits(int downloads, long bytesPerDay) {
        DownloadLimits.Elsewhere ledger = (names, since) -> {
            questions++;
            assertThat(since).isEqualTo(clock.instant().truncatedTo(ChronoUnit.DAYS));
            return elsewhere;
        };
        return new DownloadLimits(new LimitSettings(0, downloads, bytesPerDay), ledger, meters, clock, () -> 0);
    }

    private static Caller caller(String name) {
        return new Caller(UUID.randomUUID(), name, Set.of(Role.READER), Optional.empty(), Optional.empty());
    }
}
