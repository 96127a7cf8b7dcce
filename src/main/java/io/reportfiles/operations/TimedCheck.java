package io.reportfiles.operations;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

/**
 * Asks something that may hang, and never hangs itself: at most one question is under way, however many monitors ask; an
 * answer counts for a short while; who waited long enough is told so. Safe for any number of threads.
 */
final class TimedCheck {

    private static final Logger LOG = System.getLogger(TimedCheck.class.getName());

    private record Answer(CheckResult result, Instant at) {}

    private final String name;
    private final Supplier<CheckResult> question;
    private final Executor executor;
    private final Clock clock;
    private final Duration patience;
    private final Duration freshness;

    private CompletableFuture<Answer> latest = CompletableFuture.completedFuture(
            new Answer(CheckResult.down("UNKNOWN", "Nobody has asked yet."), Instant.MIN));
    private boolean reportedUp = true;

    /**
     * A check that has not been asked yet.
     *
     * @param question may take long and may throw
     * @param patience how long {@link #ask} waits
     * @param freshness how long an answer counts
     */
    TimedCheck(
            String name,
            Supplier<CheckResult> question,
            Executor executor,
            Clock clock,
            Duration patience,
            Duration freshness) {
        this.name = name;
        this.question = question;
        this.executor = executor;
        this.clock = clock;
        this.patience = patience;
        this.freshness = freshness;
    }

    String name() {
        return name;
    }

    /** The answer, at most {@code freshness} old; down when there was none within {@code patience}. */
    CheckResult ask() {
        CheckResult result = await();
        report(result);
        return result;
    }

    private synchronized CompletableFuture<Answer> underWay() {
        boolean fresh = !latest.isDone()
                || (!latest.isCompletedExceptionally()
                        && clock.instant()
                                .isBefore(freshUntil(latest.getNow(null).at())));
        if (!fresh) {
            latest = CompletableFuture.supplyAsync(() -> new Answer(question.get(), clock.instant()), executor);
        }
        return latest;
    }

    private Instant freshUntil(Instant at) {
        return at.equals(Instant.MIN) ? at : at.plus(freshness);
    }

    private CheckResult await() {
        try {
            return underWay().get(patience.toMillis(), TimeUnit.MILLISECONDS).result();
        } catch (TimeoutException e) {
            return CheckResult.down("NO_ANSWER", "no answer within %d ms".formatted(patience.toMillis()));
        } catch (ExecutionException e) {
            return CheckResult.down("FAILED", String.valueOf(e.getCause()));
        } catch (RejectedExecutionException e) {
            return CheckResult.down("BUSY", "no thread was free to ask");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return CheckResult.down("NO_ANSWER", "interrupted");
        }
    }

    // One line for each change, not one for each probe.
    private synchronized void report(CheckResult result) {
        if (result.up() != reportedUp) {
            reportedUp = result.up();
            LOG.log(
                    result.up() ? Level.INFO : Level.WARNING,
                    "{0} is {1}: {2}",
                    name,
                    result.up() ? "up again" : "down",
                    result.explanation());
        }
    }
}
