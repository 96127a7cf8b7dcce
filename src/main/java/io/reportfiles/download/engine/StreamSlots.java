package io.reportfiles.download.engine;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Bounds how many object streams downloads keep open. Nobody waits here with a thread: who finds no slot free is told
 * when one was granted. Meanwhile the slot of the reader who has been slow for longest is asked back, so that
 * connections go to those who can use them. Thread-safe; the callbacks run outside the lock and must be quick.
 */
final class StreamSlots {

    private final Deque<Holder> waiting = new ArrayDeque<>();
    private final Set<Holder> idle = new LinkedHashSet<>(); // longest idle first
    private final int reserve;
    private int free;

    StreamSlots(int slots) {
        this.free = slots;
        this.reserve = slots / 4;
    }

    /** Who may hold one slot. */
    interface Holder {

        /** The slot waited for is now held. */
        void granted();

        /** Somebody else needs the slot: release it soon. */
        void askedBack();
    }

    /** Takes a slot, or queues for one: {@code false} means that {@link Holder#granted} follows. */
    boolean take(Holder holder) {
        return take(holder, waiting::addLast);
    }

    private boolean take(Holder holder, Consumer<Holder> queue) {
        Holder idlest;
        synchronized (this) {
            if (free > 0) {
                free--;
                return true;
            }
            queue.accept(holder);
            idlest = pollIdle();
        }
        if (idlest != null) {
            idlest.askedBack();
        }
        return false;
    }

    /**
     * Takes a slot for a caller that has a thread to wait with, for a short time. It goes before those who wait without
     * one: they are readers under way, who have something in their sockets to go on with.
     *
     * @return what to release the slot with; empty if none was free in time
     */
    Optional<Holder> takeWithin(Duration time) {
        Waiting holder = new Waiting();
        boolean taken = take(holder, waiting::addFirst) || holder.await(time) || !cancel(holder);
        return taken ? Optional.of(holder) : Optional.empty();
    }

    /**
     * Notes that the holder's reader takes no more for now. {@code false} means that the slot is needed: release it at
     * once. Readers who are known to be slow need not be asked: while less than a quarter of the slots is free they keep
     * none, so that others seldom have to wait until one of them has been heard.
     */
    synchronized boolean keepWhileIdle(Holder holder, boolean slow) {
        if (!waiting.isEmpty() || (slow && free < reserve)) {
            return false;
        }
        idle.add(holder);
        return true;
    }

    /** Notes that the holder uses its slot again. */
    synchronized void resume(Holder holder) {
        idle.remove(holder);
    }

    /** Takes a slot for somebody who can do without it, if one is free; it goes back by {@link #releaseSpare}. */
    synchronized boolean takeSpare() {
        if (free == 0) {
            return false;
        }
        free--;
        return true;
    }

    /** Gives a slot back that nobody is known to hold. */
    void releaseSpare() {
        passOn();
    }

    /** Whether somebody waits for a slot: whoever can do without his had better give it back. */
    synchronized boolean areScarce() {
        return !waiting.isEmpty();
    }

    /** Gives a held slot back; it goes to whoever has waited longest. */
    void release(Holder holder) {
        synchronized (this) {
            idle.remove(holder);
        }
        passOn();
    }

    private void passOn() {
        Holder next;
        synchronized (this) {
            next = waiting.pollFirst();
            if (next == null) {
                free++;
            }
        }
        if (next != null) {
            next.granted();
        }
    }

    /** How many slots nobody holds. */
    synchronized int free() {
        return free;
    }

    /** Stops waiting. {@code false} means that the slot was granted meanwhile and has to be released. */
    synchronized boolean cancel(Holder holder) {
        return waiting.remove(holder);
    }

    private Holder pollIdle() {
        var longest = idle.iterator();
        if (!longest.hasNext()) {
            return null;
        }
        Holder holder = longest.next();
        longest.remove();
        return holder;
    }

    private static final class Waiting implements Holder {

        private final CountDownLatch granted = new CountDownLatch(1);

        @Override
        public void granted() {
            granted.countDown();
        }

        @Override
        public void askedBack() {
            // Only who is idle is asked.
        }

        boolean await(Duration time) {
            try {
                return granted.await(time.toNanos(), TimeUnit.NANOSECONDS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return false;
            }
        }
    }
}
