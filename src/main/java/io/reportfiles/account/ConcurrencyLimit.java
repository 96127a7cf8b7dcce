package io.reportfiles.account;

import io.reportfiles.web.problem.ProblemException;
import io.reportfiles.web.problem.ProblemType;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/** Lets few do something costly at a time; some wait for their turn, the rest are sent away. Safe for many threads. */
public final class ConcurrencyLimit {

    /**
     * More requests than this are not kept waiting: their threads are needed by those who can be served. A script that
     * begins with dozens of requests at once is served.
     */
    public static final int MOST_WAITING = 64;

    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final Semaphore permits;
    private final AtomicInteger waiting = new AtomicInteger();

    /**
     * Nobody waits yet.
     *
     * @param atOnce how many may do it at a time
     */
    public ConcurrencyLimit(int atOnce) {
        permits = new Semaphore(atOnce, true);
    }

    /**
     * Does {@code work} when it is this thread's turn.
     *
     * @throws ProblemException 503 if too many others wait, or it takes too long
     */
    public <T> T run(Supplier<T> work) {
        takePermit();
        try {
            return work.get();
        } finally {
            permits.release();
        }
    }

    private void takePermit() {
        try {
            if (permits.tryAcquire(0, TimeUnit.SECONDS)) { // unlike the plain one, this one does not jump the queue
                return;
            }
            if (waiting.incrementAndGet() > MOST_WAITING) {
                waiting.decrementAndGet();
                throw busy(new TimeoutException(MOST_WAITING + " others wait for a permit"));
            }
            awaitPermit();
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
            throw busy(stopping);
        }
    }

    private void awaitPermit() throws InterruptedException {
        try {
            if (!permits.tryAcquire(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
                throw busy(new TimeoutException("no permit within " + PATIENCE));
            }
        } finally {
            waiting.decrementAndGet();
        }
    }

    /** How many requests wait. */
    int waiting() {
        return waiting.get();
    }

    /** The 503 for a sign-in that could not be served in time. */
    public static ProblemException busy(Exception cause) {
        return ProblemException.retryLater(
                ProblemType.BUSY, "Too many sign-ins at once. Try again in a moment.", Duration.ofSeconds(5), cause);
    }
}
