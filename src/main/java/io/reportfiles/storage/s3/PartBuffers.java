package io.reportfiles.storage.s3;

import io.reportfiles.storage.ObjectStoreException;
import io.reportfiles.storage.StoreBusyException;
import io.reportfiles.storage.StoreUnavailableException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * The memory all uploads share. It is handed out in pages, which are reused: small enough not to be humongous to the
 * garbage collector, and a small file takes only one. Memory is allocated when first needed and kept from then on.
 *
 * <p>Who waits is served in order. An upload waits here only for its first buffer, or to let it grow, and never while
 * its own parts could finish first; hence no two uploads wait for each other for longer than the wait allowed.
 */
final class PartBuffers {

    /** Bytes of a page: below half a region of the smallest G1 heap. */
    static final int PAGE = 256 << 10;

    private final int pages;
    private final Duration wait;
    private final Semaphore available;
    private final Deque<byte[]> idle = new ConcurrentLinkedDeque<>();

    /**
     * Allocates nothing yet.
     *
     * @param budget most bytes to hand out at a time, at least one page
     * @param wait how long {@link #acquire} waits
     */
    PartBuffers(long budget, Duration wait) {
        this.pages = Math.toIntExact(Math.max(1, budget / PAGE));
        this.wait = wait;
        this.available = new Semaphore(pages, true);
    }

    /** Bytes handed out at present. */
    long bytesTaken() {
        return (long) (pages - available.availablePermits()) * PAGE;
    }

    /** Whether somebody is waiting for memory. */
    boolean areWanted() {
        return available.hasQueuedThreads();
    }

    /**
     * Waits for memory.
     *
     * @return pages for at least {@code bytes}
     * @throws StoreBusyException if it does not become free soon enough
     */
    Deque<byte[]> acquire(long bytes) throws ObjectStoreException {
        return acquire(bytes, wait)
                .orElseThrow(() -> new StoreBusyException(
                        "All buffers for uploads are taken: no %d bytes of %d became free within %s"
                                .formatted(bytes, (long) pages * PAGE, wait)));
    }

    /** Memory if it is free and nobody waits for it. */
    Optional<Deque<byte[]>> tryAcquire(long bytes) throws StoreUnavailableException {
        return acquire(bytes, Duration.ZERO);
    }

    private Optional<Deque<byte[]>> acquire(long bytes, Duration patience) throws StoreUnavailableException {
        int count = Math.toIntExact((bytes + PAGE - 1) / PAGE);
        try {
            // with a time-out even when it is zero: only that form respects who is waiting already
            if (!available.tryAcquire(count, patience.toMillis(), TimeUnit.MILLISECONDS)) {
                return Optional.empty();
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new StoreUnavailableException("Interrupted while waiting for buffers", "", interrupted);
        }
        Deque<byte[]> taken = new ArrayDeque<>(count);
        while (taken.size() < count) {
            byte[] page = idle.poll();
            taken.add(page == null ? new byte[PAGE] : page);
        }
        return Optional.of(taken);
    }

    /** Takes pages back; whoever gave them must not touch them any more. */
    void release(Deque<byte[]> given) {
        idle.addAll(given);
        available.release(given.size());
    }
}
