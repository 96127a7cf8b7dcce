package io.reportfiles.submission;

import io.reportfiles.config.SenderSettings;
import java.time.Duration;

/**
 * Tells a sender that is slow from one that holds a thread for as long as it can. Only the time that is spent waiting for
 * it counts; silence is cut off by the server's own read time-out. For one thread.
 */
public final class MinimumRate {

    private final long windowNanos;
    private final double bytesPerWindow;
    private long waited;
    private long received;

    /** Begins with the next byte. */
    public MinimumRate(SenderSettings settings) {
        this.windowNanos = settings.rateWindow().toNanos();
        this.bytesPerWindow = settings.minimumRate()
                * (double) windowNanos
                / Duration.ofSeconds(1).toNanos();
    }

    /**
     * Takes account of bytes that came.
     *
     * @param nanos how long they were waited for
     * @return whether the sender is still fast enough
     */
    boolean isKeptWith(long bytes, long nanos) {
        waited += nanos;
        received += bytes;
        if (waited < windowNanos) {
            return true;
        }
        boolean kept = received >= bytesPerWindow * ((double) waited / windowNanos);
        waited = 0;
        received = 0;
        return kept;
    }
}
