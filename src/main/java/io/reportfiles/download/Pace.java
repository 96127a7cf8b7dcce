package io.reportfiles.download;

import java.time.Duration;
import java.util.Optional;

/**
 * How much to ask the store for, and when, for a reader who is slow. Each time such a reader can take more its stream
 * has long gone to others, and opening one costs the same for a little as for a lot. A system wakes us when a third of a
 * connection's send buffer is free; the other two thirds last the reader twice as long as it took to free that one. So
 * there is time to wait as long again, which leaves half of that; and as much is asked for as it took before.
 *
 * <p>Not thread-safe.
 */
final class Pace {

    /** A reader who takes so long is slow. */
    static final Duration LATE = Duration.ofMillis(500);

    private static final Duration LONGEST_REST = Duration.ofSeconds(4);
    private static final long LEAST_STRETCH = 16 << 10;

    private long burstFrom;
    private long stretch = Long.MAX_VALUE;
    private long more = Long.MAX_VALUE;
    private int slowTimes;

    /**
     * Notes that the reader can take more after a while.
     *
     * @return how much longer it can do without; nothing for a reader who just made a pause
     */
    Optional<Duration> rest(Duration idle) {
        slowTimes = idle.compareTo(LATE) > 0 ? slowTimes + 1 : 0;
        if (slowTimes < 3) {
            return Optional.empty();
        }
        return Optional.of(idle.compareTo(LONGEST_REST) > 0 ? LONGEST_REST : idle);
    }

    /**
     * How many bytes to ask the store for now. If that was not enough it is a quarter of them next time, and then twice as
     * many each time: whoever takes a little more than before is soon done, and of a stream with a lot left in it the
     * connection is lost.
     */
    long nextStretch() {
        long next = stretch;
        stretch = more;
        more = Math.max(more, 2 * more); // the largest stays as it is
        return next;
    }

    /** Notes that the reader does not take more for now, with so many bytes sent in all. */
    void noteBurst(long sentBytes) {
        long burst = sentBytes - burstFrom;
        burstFrom = sentBytes;
        stretch = Math.max(LEAST_STRETCH, burst + burst / 4);
        more = Math.max(LEAST_STRETCH, stretch / 4);
    }
}
