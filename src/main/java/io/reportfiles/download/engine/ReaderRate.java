package io.reportfiles.download.engine;

import java.time.Duration;
import java.util.Optional;

/**
 * How much to ask the store for, and when, for a reader who is slow. Each time such a reader can take more its stream
 * has long gone to others, and opening one costs the same for a little as for a lot. A system wakes us when a third of a
 * connection's send buffer is free; the other two thirds last the reader twice as long as it took to free that one. So
 * there is time to wait as long again, which leaves half of that; and as much is asked for as was taken before.
 *
 * <p>Right after a burst the connection is often ready again for a moment, since the system on the other side has room for
 * some of it and takes that at once. It does not make a reader fast.
 *
 * <p>Not thread-safe.
 */
final class ReaderRate {

    private long burst;
    private long burstFrom;
    private long stretch = Long.MAX_VALUE;
    private long more = Long.MAX_VALUE;
    private long lateAt;
    private int lateTimes;

    /** Notes that the reader takes no more for now, with so many bytes sent in all. */
    void noteBurst(long sentBytes) {
        long last = sentBytes - burstFrom;
        stretch = Math.max(last, burst) + ReaderPolicy.BURST_MARGIN_BYTES;
        more = Math.max(ReaderPolicy.BURST_MARGIN_BYTES, stretch / 2);
        burst = last;
        burstFrom = sentBytes;
    }

    /**
     * Notes that the reader can take more after a while.
     *
     * @return how much longer it can do without; nothing for a reader who just made a pause
     */
    Optional<Duration> rest(Duration idle, long sentBytes) {
        if (idle.compareTo(ReaderPolicy.LATE) <= 0) {
            if (isSlow(sentBytes)) {
                stretch = more; // for what its system takes at once
            }
            return Optional.empty();
        }
        lateTimes = sentBytes - lateAt > ReaderPolicy.MOST_OF_A_SLOW_READER ? 1 : lateTimes + 1;
        lateAt = sentBytes;
        if (!isSlow(sentBytes)) {
            return Optional.empty();
        }
        return Optional.of(idle.compareTo(ReaderPolicy.LONGEST_REST) > 0 ? ReaderPolicy.LONGEST_REST : idle);
    }

    /** Whether the reader, who was sent so many bytes, has made several long pauses with little in between. */
    boolean isSlow(long sentBytes) {
        return lateTimes >= ReaderPolicy.SLOW_AFTER && sentBytes - lateAt <= ReaderPolicy.MOST_OF_A_SLOW_READER;
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
