package io.reportfiles.download.engine;

import java.time.Duration;

/**
 * Bounds how many bytes all downloads together have in flight in this process: in copy buffers, read ahead from the
 * store, and in the queues in which the server keeps what a connection has not taken yet. Whoever is about to hold bytes
 * reserves them first, and releases them when they are gone.
 *
 * <p>Nobody can be made to take back what is in a connection's queue, so memory that was given away on trust may stay
 * with readers who stopped reading. Therefore a {@link Claim} says what the bytes are for, and the lesser ones are
 * refused while there is still room for those that matter more. Thread-safe; only {@link #awaitReserved} waits.
 */
final class BufferBudget {

    private final long bytes;
    private long free;
    private int waiting;

    /** What bytes are wanted for, and which share of the budget has to stay free for what matters more. */
    enum Claim {
        /** Without them a download cannot move at all. */
        NEED(0),
        /** They make a reader faster who has shown to take what is sent. */
        SPEED(0.125),
        /** They would make a reader faster of whom nothing is known yet. */
        TRUST(0.75);

        private final double leftFree;

        Claim(double leftFree) {
            this.leftFree = leftFree;
        }
    }

    /** A budget of which nothing is reserved. */
    BufferBudget(long bytes) {
        this.bytes = bytes;
        this.free = bytes;
    }

    /** Reserves, unless that leaves too little for other claims. */
    synchronized boolean tryReserve(long wanted, Claim claim) {
        if (free - wanted < (long) (bytes * claim.leftFree)) {
            return false;
        }
        free -= wanted;
        return true;
    }

    /**
     * Reserves what a new download needs, and waits for it if need be. To be called by whoever holds nothing that others
     * could be waiting for.
     *
     * @return whether it was reserved; {@code false} after {@code time}, or at once when many are waiting already
     */
    synchronized boolean awaitReserved(long wanted, Duration time) {
        if (tryReserve(wanted, Claim.NEED)) {
            return true;
        }
        if (waiting >= ReaderPolicy.MOST_WAITING) {
            return false;
        }
        waiting++;
        try {
            return awaitFree(wanted, System.nanoTime() + time.toNanos());
        } finally {
            waiting--;
        }
    }

    private boolean awaitFree(long wanted, long deadlineNanos) {
        while (!tryReserve(wanted, Claim.NEED)) {
            long leftMillis =
                    Duration.ofNanos(deadlineNanos - System.nanoTime()).toMillis();
            if (leftMillis <= 0) {
                return false;
            }
            try {
                wait(leftMillis);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return false;
            }
        }
        return true;
    }

    /** Gives reserved bytes back. */
    synchronized void release(long reserved) {
        free += reserved;
        if (free > bytes) {
            throw new IllegalStateException("more was released than had been reserved");
        }
        if (waiting > 0) {
            notifyAll();
        }
    }

    /** How many bytes are reserved. */
    synchronized long reserved() {
        return bytes - free;
    }
}
