package io.reportfiles.persistence;

import jakarta.annotation.PreDestroy;
import jakarta.annotation.Resource;
import jakarta.enterprise.concurrent.ManagedScheduledExecutorService;
import jakarta.enterprise.context.Dependent;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/**
 * What its owner does again and again, until it is destroyed. None waits for another, and a failure is logged and ends
 * nothing: the next time comes. Safe for use by several threads.
 */
@Dependent
public class Chores {

    private static final Logger LOG = System.getLogger(Chores.class.getName());

    private final List<Future<?>> recurring = new ArrayList<>();

    @Resource
    private ManagedScheduledExecutorService executor;

    /** Whether the owner has begun already: {@link DatabaseReady} may come again. */
    public synchronized boolean begun() {
        return !recurring.isEmpty();
    }

    /**
     * Begins a chore.
     *
     * @param interval the time before the first run, and from the end of each run to the next one
     * @param name says in the log what failed, such as {@code sealing the audit}
     */
    public synchronized void every(Duration interval, String name, Runnable chore) {
        recurring.add(executor.scheduleWithFixedDelay(
                () -> survived(name, chore), interval.toMillis(), interval.toMillis(), TimeUnit.MILLISECONDS));
    }

    /** A run that is under way goes on to its end: an interrupt would make H2 close the file of the whole database. */
    @PreDestroy
    synchronized void stop() {
        recurring.forEach(chore -> chore.cancel(false));
    }

    /** An exception would end the recurrence. */
    private static void survived(String name, Runnable chore) {
        try {
            chore.run();
        } catch (RuntimeException e) {
            LOG.log(Level.WARNING, "{0} failed, will be tried again: {1}", name, e.toString());
            LOG.log(Level.DEBUG, "what failed", e);
        }
    }
}
