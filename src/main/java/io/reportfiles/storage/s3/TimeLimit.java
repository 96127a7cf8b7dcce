package io.reportfiles.storage.s3;

import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import software.amazon.awssdk.core.exception.ApiCallAttemptTimeoutException;
import software.amazon.awssdk.core.exception.ApiCallTimeoutException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.http.Abortable;

/** Breaks a request off unless it ends in time. Either of the two happens, never both. */
final class TimeLimit implements AutoCloseable {

    private final AtomicBoolean decided = new AtomicBoolean();
    private final boolean ofCall;
    private final Duration attempt;
    private final Future<?> alarm;
    private boolean inTime;

    /**
     * Begins to wait.
     *
     * @param attempt how long this attempt may take
     * @param callEnd when the call has to end, in terms of {@link System#nanoTime}
     */
    TimeLimit(Abortable exchange, Duration attempt, long callEnd, ScheduledExecutorService clock) {
        long left = callEnd - System.nanoTime();
        this.attempt = attempt;
        this.ofCall = left < attempt.toNanos();
        this.alarm = clock.schedule(
                () -> {
                    if (decided.compareAndSet(false, true)) {
                        exchange.abort();
                    }
                },
                Math.min(left, attempt.toNanos()),
                TimeUnit.NANOSECONDS);
    }

    /** Says that the request has ended. {@code false} if it was broken off before. */
    boolean end() {
        inTime = inTime || decided.compareAndSet(false, true);
        return inTime;
    }

    /** What is to be thrown if it was. */
    SdkException exceeded() {
        return ofCall
                ? ApiCallTimeoutException.builder()
                        .message("S3 did not begin to answer in the time of a call")
                        .build()
                : ApiCallAttemptTimeoutException.builder()
                        .message("S3 did not begin to answer in " + attempt)
                        .build();
    }

    @Override
    public void close() {
        end();
        alarm.cancel(false);
    }
}
