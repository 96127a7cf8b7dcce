package io.reportfiles.download;

import java.time.Duration;
import java.util.Optional;

/**
 * How much to ask the store for, and when, for a reader who is slow. Each time such a reader can take more its stream
 * has long gone to others, and opening one costs the same for a little as for a lot. A system wakes us when a third of a
 * connection's send buffer is free; the other two thirds last the reader twice as long as it took to free that one. So
 * there is time to wait as long again, which leaves half of that; and as much is asked for as it took before.
 *
 * <p>What a reader takes between two long waits is one burst, though the connection may have been full for a moment: the
 * system on the other side has room for some of it as well, and takes that at once.
 *
 * <p>Not thread-safe.
 */
final class Pace {

    /** A reader who takes so long is slow. */
    static final Duration LATE = Duration.ofMillis(500);

    private static final Duration LONGEST_REST = Duration.ofSeconds(4);
    private static final long LEAST_STRETCH = 16 << 10;

    /** A reader who takes so many times as much as before need not be slow any more. */
    private static final int RECOVERED = 4;

    private long burst;
    private long burstFrom;
    private long stretch = Long.MAX_VALUE;
    private long more = Long.MAX_VALUE;
    private int slowTimes;

    /**
     * Notes that the reader can take more after a while.
     *
     * @param sentBytes how many were sent in all
     * @return how much longer it can do without; nothing for a reader who just made a pause
     */
    Optional<Duration> rest(Duration idle, long sentBytes) {
        if (idle.compareTo(LATE) <= 0) {
            return Optional.empty();
        }
        noteBurst(sentBytes - burstFrom);
        burstFrom = sentBytes;
        if (!isSlow()) {
            return Optional.empty();
        }
        return Optional.of(idle.compareTo(LONGEST_REST) > 0 ? LONGEST_REST : idle);
    }

    /** Whether the reader has made several such pauses. */
    boolean isSlow() {
        return slowTimes >= 3;
    }

    private void noteBurst(long bytes) {
        slowTimes = bytes > RECOVERED * burst ? 1 : slowTimes + 1;
        stretch = Math.max(bytes, burst) + LEAST_STRETCH;
        more = stretch / 2;
        burst = bytes;
    }

    /**
     * How many bytes to ask the store for now: a little more than the larger of the last two bursts. If that was not enough
     * it is half of that next time, and then twice as many each time: whoever takes a little more than before is soon done,
     * and of a stream with a lot left in it the connection is lost.
     */
    long nextStretch() {
        long next = stretch;
        stretch = more;
        more = Math.max(more, 2 * more); // the largest stays as it is
        return next;
    }
}
