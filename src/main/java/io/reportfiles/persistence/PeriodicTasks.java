package io.reportfiles.persistence;

import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Future;

/**
 * What its owner does again and again, until it is destroyed. None waits for another, and a failure is logged and ends
 * nothing: the next time comes. Safe for use by several threads.
 */
@Dependent
public class PeriodicTasks {

    private final List<Future<?>> recurring = new ArrayList<>();

    @Inject
    private BackgroundThreads threads;

    /** Whether the owner has begun already: {@link DatabaseReady} may come again. */
    public synchronized boolean begun() {
        return !recurring.isEmpty();
    }

    /**
     * Begins a task. It is done by one thread at a time: when it takes longer than {@code interval}, times are left out.
     *
     * @param interval the time before the first run, and from one to the next
     * @param name says in the log what failed, such as {@code sealing the audit}
     */
    public synchronized void every(Duration interval, String name, Runnable task) {
        recurring.add(threads.every(interval, new PeriodicTask(name, task, threads)));
    }

    /** A run that is under way goes on to its end: an interrupt would make H2 close the file of the whole database. */
    @PreDestroy
    synchronized void stop() {
        recurring.forEach(task -> task.cancel(false));
    }
}
