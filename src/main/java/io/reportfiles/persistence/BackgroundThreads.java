package io.reportfiles.persistence;

import jakarta.annotation.PostConstruct;
import jakarta.annotation.PreDestroy;
import jakarta.annotation.Resource;
import jakarta.enterprise.concurrent.ManagedThreadFactory;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
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

    @PostConstruct
    void start() {
        clock = new ScheduledThreadPoolExecutor(1, threadFactory);
        clock.setRemoveOnCancelPolicy(true);
        workers = new ThreadPoolExecutor(
                0, Integer.MAX_VALUE, 1, TimeUnit.MINUTES, new SynchronousQueue<>(), threadFactory);
    }

    /** Has {@code chore} run again and again, on the one thread that says when; it must not take long. */
    Future<?> every(Duration interval, Runnable chore) {
        return clock.scheduleWithFixedDelay(chore, interval.toMillis(), interval.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Has {@code work} done once, in a while. */
    Future<?> once(Duration pause, Runnable work) {
        return clock.schedule(() -> execute(work), pause.toMillis(), TimeUnit.MILLISECONDS);
    }

    /**
     * Has {@code work} done at once.
     *
     * @throws RejectedExecutionException when the application stops
     */
    @Override
    public void execute(Runnable work) {
        workers.execute(work);
    }

    /** Work that is under way goes on to its end: an interrupt would make H2 close the file of the whole database. */
    @PreDestroy
    void stop() {
        clock.shutdownNow();
        workers.shutdown();
    }
}
