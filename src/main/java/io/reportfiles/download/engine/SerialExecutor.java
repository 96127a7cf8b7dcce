package io.reportfiles.download.engine;

import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/**
 * Gives something turns on an executor: one at a time, at least one after each {@link #signal}, from whatever thread it
 * comes. What a turn reads and writes needs no further synchronisation.
 */
final class SerialExecutor implements Runnable {

    private final Executor executor;
    private final Supplier<Next> turn;
    private final AtomicInteger signals = new AtomicInteger();

    /** What follows a turn. */
    enum Next {
        /** Only a signal leads to another turn. */
        WAIT,
        /** There is more to do; others come first. */
        YIELD
    }

    SerialExecutor(Executor executor, Supplier<Next> turn) {
        this.executor = executor;
        this.turn = turn;
    }

    /** Asks for a turn; never blocks. */
    void signal() {
        if (signals.getAndIncrement() == 0) {
            executor.execute(this);
        }
    }

    /** For the executor. */
    @Override
    public void run() {
        int seen;
        do {
            seen = signals.get();
            if (turn.get() == Next.YIELD) {
                executor.execute(this); // as long as signals are counted nobody else does
                return;
            }
        } while (!signals.compareAndSet(seen, 0));
    }
}
