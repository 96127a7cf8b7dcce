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
 * <p>An eighth is for first pages only: however many large files are on their way, small ones pass beside them, and a
 * large one that waits for its first part keeps nothing back that others wait for. Who waits is served in order. An
 * upload waits here only for its first buffer, or to let it grow, and never while its own parts could finish first; hence
 * no two uploads wait for each other for longer than the wait allowed.
 */
final class PartBuffers {

    /** Bytes of a page: below half a region of the smallest G1 heap. */
    static final int PAGE = 256 << 10;

    private final int pages;
    private final Duration wait;
    private final Semaphore firsts;
    private final Semaphore available;
    private final Deque<byte[]> idle = new ConcurrentLinkedDeque<>();

    /**
     * Allocates nothing yet.
     *
     * @param budget most bytes to hand out at a time, at least one page
     * @param wait how long to wait for memory
     */
    PartBuffers(long budget, Duration wait) {
        this.pages = Math.toIntExact(Math.max(1, budget / PAGE));
        this.wait = wait;
        int kept = Math.toIntExact(reserve(budget) / PAGE);
        this.firsts = new Semaphore(kept);
        this.available = new Semaphore(pages - kept, true);
    }

    /** Bytes of a budget that are for first pages only, and can not be part of a larger buffer. */
    static long reserve(long budget) {
        return budget / 8;
    }

    /** Bytes handed out at present. */
    long bytesTaken() {
        return (long) (pages - firsts.availablePermits() - available.availablePermits()) * PAGE;
    }

    /** Whether somebody is waiting for memory. */
    boolean areWanted() {
        return available.hasQueuedThreads();
    }

    /**
     * A buffer of one page, waiting for it if need be.
     *
     * @throws StoreBusyException if it does not become free soon enough
     */
    PartBuffer first() throws ObjectStoreException {
        return firsts.tryAcquire()
                ? new PartBuffer(this, pages(1), PartBuffer.Origin.FIRSTS)
                : new PartBuffer(this, acquire(PAGE), PartBuffer.Origin.SHARED);
    }

    /**
     * A buffer of at least {@code bytes}, waiting for the memory; for who holds none.
     *
     * @throws StoreBusyException if it does not become free soon enough
     */
    PartBuffer buffer(long bytes) throws ObjectStoreException {
        return new PartBuffer(this, acquire(bytes), PartBuffer.Origin.SHARED);
    }

    /** A buffer if the memory is free and nobody waits for it. */
    Optional<PartBuffer> tryBuffer(long bytes) throws StoreUnavailableException {
        return tryAcquire(bytes).map(taken -> new PartBuffer(this, taken, PartBuffer.Origin.SHARED));
    }

    /**
     * Waits for memory.
     *
     * @return pages for at least {@code bytes}
     * @throws StoreBusyException if it does not become free soon enough
     */
    Deque<byte[]> acquire(long bytes) throws ObjectStoreException {
        requireShared(pagesFor(bytes), wait, bytes);
        return pages(pagesFor(bytes));
    }

    /**
     * Lets a buffer that is one of the reserved first pages grow into the shared memory, waiting for it, and the reserved
     * page be another's.
     *
     * @return the pages that it needs besides its own for at least {@code bytes}
     * @throws StoreBusyException if it does not become free soon enough
     */
    Deque<byte[]> exchangeFirst(long bytes) throws ObjectStoreException {
        requireShared(pagesFor(bytes), wait, bytes);
        firsts.release();
        return pages(pagesFor(bytes) - 1);
    }

    /** As {@link #exchangeFirst}, if the memory is free and nobody waits for it. */
    Optional<Deque<byte[]>> tryExchangeFirst(long bytes) throws StoreUnavailableException {
        int count = pagesFor(bytes);
        if (!takeShared(count, Duration.ZERO)) {
            return Optional.empty();
        }
        firsts.release();
        return Optional.of(pages(count - 1));
    }

    /** Memory if it is free and nobody waits for it. */
    Optional<Deque<byte[]>> tryAcquire(long bytes) throws StoreUnavailableException {
        int count = pagesFor(bytes);
        return takeShared(count, Duration.ZERO) ? Optional.of(pages(count)) : Optional.empty();
    }

    private static int pagesFor(long bytes) {
        return Math.toIntExact((bytes + PAGE - 1) / PAGE);
    }

    private void requireShared(int count, Duration patience, long bytes) throws ObjectStoreException {
        if (!takeShared(count, patience)) {
            throw new StoreBusyException("All buffers for uploads are taken: no %d bytes of %d became free within %s"
                    .formatted(bytes, (long) pages * PAGE, patience));
        }
    }

    private boolean takeShared(int count, Duration patience) throws StoreUnavailableException {
        try {
            // with a time-out even when it is zero: only that form respects who is waiting already
            return available.tryAcquire(count, patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new StoreUnavailableException("Interrupted while waiting for buffers", "", interrupted);
        }
    }

    private Deque<byte[]> pages(int count) {
        Deque<byte[]> taken = new ArrayDeque<>(count);
        while (taken.size() < count) {
            byte[] page = idle.poll();
            taken.add(page == null ? new byte[PAGE] : page);
        }
        return taken;
    }

    /** Takes pages back; whoever gave them must not touch them any more. */
    void release(Deque<byte[]> given, PartBuffer.Origin origin) {
        idle.addAll(given);
        (origin == PartBuffer.Origin.FIRSTS ? firsts : available).release(given.size());
    }
}
