package io.reportfiles.download.engine;

import io.reportfiles.download.engine.BufferBudget.Claim;
import java.time.Duration;

/**
 * One download's share of the {@link BufferBudget}: how many bytes may wait for its reader in the server's queue. It
 * begins small, since most readers who stop reading do so without warning and then keep what is queued for them. A
 * reader who takes what is sent gets more, because large writes are cheaper and a longer queue bridges the time until
 * the next slice. A slow one goes back to the least.
 *
 * <p>Not thread-safe.
 */
final class BufferShare implements AutoCloseable {

    private final BufferBudget budget;
    private final int largestWrite;
    private int bytes = ReaderPolicy.LEAST_BYTES;
    private int reserved;

    private BufferShare(BufferBudget budget, int largestWrite, int reserved) {
        this.budget = budget;
        this.largestWrite = Math.max(largestWrite, ReaderPolicy.LEAST_BYTES);
        this.reserved = reserved;
    }

    /**
     * The share of a download that begins.
     *
     * @param budget where {@link ReaderPolicy#LEAST_BYTES} have been reserved for it
     * @param largestWrite bytes beyond which a write does not become cheaper
     */
    static BufferShare begin(BufferBudget budget, int largestWrite) {
        BufferShare share = new BufferShare(budget, largestWrite, ReaderPolicy.LEAST_BYTES);
        if (budget.tryReserve(share.largestWrite - ReaderPolicy.LEAST_BYTES, Claim.TRUST)) {
            share.bytes = share.largestWrite;
            share.reserved = share.largestWrite;
        }
        return share;
    }

    /** The share of a download that has been written, and waits for the reader to take {@code reserved} bytes. */
    static BufferShare rest(BufferBudget budget, int reserved) {
        return new BufferShare(budget, ReaderPolicy.LEAST_BYTES, reserved);
    }

    /** How many bytes to write at a time. */
    int writeBytes() {
        return Math.min(bytes, largestWrite);
    }

    /** How many bytes may be queued when the next are written: at least 1, which means none. */
    int queueBytes() {
        return bytes - writeBytes() + 1;
    }

    /** Makes it fit a reader who was not ready for {@code idle}. */
    void adapt(Duration idle) {
        if (idle.compareTo(ReaderPolicy.SOON) < 0) {
            grow();
        } else if (idle.compareTo(ReaderPolicy.LATE) > 0) {
            bytes = ReaderPolicy.LEAST_BYTES; // the budget has the rest back when the queue does not hold it any more
        }
    }

    /** Doubles it, if the budget allows. */
    void grow() {
        int wanted = Math.min(2 * bytes, (1 + ReaderPolicy.LONGEST_QUEUE) * largestWrite);
        if (wanted <= reserved || budget.tryReserve(wanted - reserved, Claim.SPEED)) {
            bytes = wanted;
            reserved = Math.max(reserved, wanted);
        }
    }

    /** Notes how many bytes the queue holds at the moment, before anything is written. */
    void noteQueued(int pending) {
        int needed = Math.max(bytes, writeBytes() + pending);
        if (needed < reserved) {
            budget.release(reserved - needed);
            reserved = needed;
        }
    }

    /** Gives all of it back; the connection holds nothing any more, or is closed. */
    @Override
    public void close() {
        budget.release(reserved);
        reserved = 0;
    }
}
