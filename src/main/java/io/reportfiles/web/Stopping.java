package io.reportfiles.web;

import java.util.concurrent.atomic.AtomicInteger;

/**
 * Whether this node stops, and how many requests are in a thread of it now. It goes one way: no new work, then no work at
 * all. It answers as long as a request may come, also when the container has ended all contexts. Safe for any number of
 * threads.
 */
public final class Stopping {

    private final AtomicInteger requests = new AtomicInteger();
    private volatile boolean begun;
    private volatile boolean over;

    /** From now on no new work is taken; what runs may end. */
    public void begin() {
        begun = true;
    }

    /** From now on what still runs may claim no success that it did not have. */
    public void endPatience() {
        over = true;
    }

    /** Whether no new work is taken any more. */
    public boolean isBegun() {
        return begun;
    }

    /** Whether what runs has had its time. */
    boolean isPatienceOver() {
        return over;
    }

    /** How many requests hold a thread. Those that go on without one, such as downloads, are counted as transfers. */
    public int requests() {
        return requests.get();
    }

    void enter() {
        requests.incrementAndGet();
    }

    void leave() {
        requests.decrementAndGet();
    }
}
