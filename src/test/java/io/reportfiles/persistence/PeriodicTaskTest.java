package io.reportfiles.persistence;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class PeriodicTaskTest {

    private final ScheduledExecutorService schedule = Executors.newScheduledThreadPool(1);
    private final ExecutorService workers = Executors.newCachedThreadPool();
    private final CountDownLatch awake = new CountDownLatch(1);
    private final AtomicInteger runs = new AtomicInteger();

    @AfterEach
    void stop() {
        awake.countDown();
        schedule.shutdownNow();
        workers.shutdown();
    }

    @Test
    void recursWhileAnotherOneSleepsThoughTheScheduleHasOneThread() throws Exception {
        CountDownLatch recurred = new CountDownLatch(3);
        recur(new PeriodicTask("sleeping", this::sleep, workers));
        recur(new PeriodicTask("recurring", recurred::countDown, workers));
        assertThat(recurred.await(10, TimeUnit.SECONDS)).isTrue();
        assertThat(runs).as("never two at a time").hasValue(1);
    }

    @Test
    void recursAfterAFailure() throws Exception {
        CountDownLatch recurred = new CountDownLatch(3);
        recur(new PeriodicTask(
                "failing",
                () -> {
                    recurred.countDown();
                    throw new IllegalStateException("on purpose");
                },
                workers));
        assertThat(recurred.await(10, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void recursAfterNoThreadWasFree() {
        assertRecursAfter(new RejectedExecutionException("on purpose"));
    }

    @Test
    void recursAfterTheContainerRefusedInItsOwnWords() {
        assertRecursAfter(new IllegalStateException("on purpose"));
    }

    @Test
    void recursAfterTheSystemHadNoThread() {
        assertRecursAfter(new OutOfMemoryError("on purpose"));
    }

    private void assertRecursAfter(Throwable refusal) {
        PeriodicTask task = new PeriodicTask("refused", runs::incrementAndGet, work -> {
            if (awake.getCount() > 0) {
                throwAny(refusal);
            }
            work.run();
        });
        task.run();
        awake.countDown();
        task.run();
        task.run();
        assertThat(runs).hasValue(2);
    }

    @SuppressWarnings("unchecked")
    private static <T extends Throwable> void throwAny(Throwable failure) throws T {
        throw (T) failure;
    }

    private void recur(PeriodicTask task) {
        var unused = schedule.scheduleWithFixedDelay(task, 1, 1, TimeUnit.MILLISECONDS);
    }

    private void sleep() {
        runs.incrementAndGet();
        try {
            awake.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
