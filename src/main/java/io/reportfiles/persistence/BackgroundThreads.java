package io.reportfiles.persistence;

import jakarta.annotation.PostConstruct;
import jakarta.annotation.PreDestroy;
import jakarta.annotation.Resource;
import jakarta.enterprise.concurrent.ManagedThreadFactory;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * The threads for what nobody's request waits in: one that says when, and as many as work at the same time. They are the
 * container's, but its executors are not used: for each task Payara searches every archive of the class path for
 * services, which ten times a second is a tenth of a processor. Safe for use by several threads.
 */
@ApplicationScoped
public class BackgroundThreads implements Executor {

    @Resource
    private ManagedThreadFactory threadFactory;

    private ScheduledThreadPoolExecutor clock;
    private ThreadPoolExecutor workers;
    private volatile Thread ticking;

    /** For the container. */
    protected BackgroundThreads() {}

    BackgroundThreads(ManagedThreadFactory threadFactory) {
        this.threadFactory = threadFactory;
    }

    @PostConstruct
    void start() {
        clock = new ScheduledThreadPoolExecutor(1, work -> ticking = threadFactory.newThread(work));
        clock.setRemoveOnCancelPolicy(true);
        clock.prestartCoreThread();
        workers = new ThreadPoolExecutor(
                0, Integer.MAX_VALUE, 1, TimeUnit.MINUTES, new SynchronousQueue<>(), this::newWorker);
    }

    /**
     * A worker made by the one that says when, for that knows no request: on Payara a thread keeps for life what the one
     * knew that made it, and with it an entity manager that is closed when that request is over.
     */
    private Thread newWorker(Runnable work) {
        if (Thread.currentThread() == ticking) {
            return threadFactory.newThread(work);
        }
        try {
            return clock.submit(() -> threadFactory.newThread(work)).get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new RejectedExecutionException(e);
        } catch (ExecutionException | CancellationException e) {
            throw new RejectedExecutionException(e);
        }
    }

    /** Has {@code chore} run again and again, on the one thread that says when; it must not take long. */
    Future<?> every(Duration interval, Runnable chore) {
        return clock.scheduleWithFixedDelay(chore, interval.toMillis(), interval.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Has {@code work} done once, in a while; if there is no thread for it then, in another while. */
    Future<?> once(Duration pause, Runnable work) {
        return clock.schedule(
                () -> {
                    try {
                        execute(work);
                    } catch (RuntimeException | Error noThread) {
                        var unused = once(pause, work);
                    }
                },
                pause.toMillis(),
                TimeUnit.MILLISECONDS);
    }

    /**
     * Has {@code work} done at once.
     *
     * @throws RejectedExecutionException when the application stops
     * @throws RuntimeException if the container gives no thread
     */
    @Override
    public void execute(Runnable work) {
        workers.execute(work);
    }

    /** Work that is under way goes on to its end: an interrupt would make H2 close the file of the whole database. */
    @PreDestroy
    void stop() {
        for (Runnable left : clock.shutdownNow()) {
            if (left instanceof Future<?> future) {
                future.cancel(false); // somebody may be waiting for a worker to be made
            }
        }
        workers.shutdown();
    }
}
