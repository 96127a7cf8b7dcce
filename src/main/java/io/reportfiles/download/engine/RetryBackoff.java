package io.reportfiles.download.engine;

import io.reportfiles.storage.ObjectStoreException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;

/**
 * How long a download goes on trying after the store failed in mid-body: pauses double from a tenth of a second to five
 * seconds, each shortened at random so that many readers do not come back at once. Every byte of progress renews the
 * budget. Not thread-safe.
 */
final class RetryBackoff {

    private final Duration budget;
    private final RandomGenerator random;

    private int failures;
    private long firstFailureNanos;

    /** {@code budget}: how long no byte may come before the download is given up. */
    RetryBackoff(Duration budget, RandomGenerator random) {
        this.budget = budget;
        this.random = random;
    }

    /**
     * Waits before the next try, in the caller's thread.
     *
     * @throws ObjectStoreException the failure itself, if it does not pass or it is time to give up
     */
    void pause(ObjectStoreException failure) throws ObjectStoreException {
        Optional<Duration> pause = failure.mayPass() ? pauseAfterFailure(System.nanoTime()) : Optional.empty();
        if (pause.isEmpty()) {
            throw failure;
        }
        try {
            TimeUnit.NANOSECONDS.sleep(pause.get().toNanos());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw failure;
        }
    }

    /** Notes that bytes came. */
    void progress() {
        failures = 0;
    }

    /** Notes a failure: how long to wait before the next try, or nothing when it is time to give up. */
    Optional<Duration> pauseAfterFailure(long nowNanos) {
        if (failures == 0) {
            firstFailureNanos = nowNanos;
        }
        long longest = Math.min(
                ReaderPolicy.LONGEST_RETRY.toNanos(), ReaderPolicy.FIRST_RETRY.toNanos() << Math.min(failures, 20));
        failures++;
        long pause = longest / 2 + random.nextLong(longest / 2 + 1);
        return nowNanos - firstFailureNanos + pause > budget.toNanos()
                ? Optional.empty()
                : Optional.of(Duration.ofNanos(pause));
    }
}
