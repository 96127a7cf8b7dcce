package io.reportfiles.persistence;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * A task as its schedule sees it: each {@link #run} has a worker do it and returns at once. Where it is still being
 * done from the last time, this time is left out.
 */
final class PeriodicTask implements Runnable {

    private static final Logger LOG = System.getLogger(PeriodicTask.class.getName());

    private final String name;
    private final Runnable work;
    private final Executor workers;
    private final AtomicBoolean underWay = new AtomicBoolean();

    /**
     * A task that nobody does yet.
     *
     * @param name says in the log what failed
     */
    PeriodicTask(String name, Runnable work, Executor workers) {
        this.name = name;
        this.work = work;
        this.workers = workers;
    }

    @Override
    public void run() {
        if (!underWay.compareAndSet(false, true)) {
            return;
        }
        try {
            workers.execute(this::work);
        } catch (RuntimeException | Error e) { // whatever a container or the system says that has no thread
            underWay.set(false);
            LOG.log(Level.WARNING, "no thread for {0}, will be tried again: {1}", name, e.toString());
        }
    }

    private void work() {
        try {
            work.run();
        } catch (RuntimeException e) {
            LOG.log(Level.WARNING, "{0} failed, will be tried again: {1}", name, e.toString());
            LOG.log(Level.DEBUG, "what failed", e);
        } finally {
            underWay.set(false);
        }
    }
}
