package io.reportfiles.persistence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.enterprise.concurrent.ManagedThreadFactory;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.ForkJoinWorkerThread;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class BackgroundThreadsTest {

    private final Threads made = new Threads();
    private final BackgroundThreads threads = new BackgroundThreads(made);

    /** Makes threads as a container does, and notes who asked. */
    private static final class Threads implements ManagedThreadFactory {

        private final List<Thread> makers = new CopyOnWriteArrayList<>();
        private final AtomicInteger refusals = new AtomicInteger();
        private volatile CountDownLatch mayGoOn = new CountDownLatch(0);

        @Override
        public Thread newThread(Runnable work) {
            makers.add(Thread.currentThread());
            try {
                mayGoOn.await();
            } catch (InterruptedException e) {
                throw new IllegalStateException("stopped, on purpose", e);
            }
            if (refusals.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
                throw new IllegalStateException("no thread, on purpose");
            }
            return new Thread(work);
        }

        @Override
        public ForkJoinWorkerThread newThread(ForkJoinPool pool) {
            throw new AssertionError("not what chores run in");
        }
    }

    @BeforeEach
    void start() {
        threads.start();
    }

    @AfterEach
    void stop() {
        threads.stop();
    }

    @Test
    void workersAreMadeByAThreadThatKnowsNoRequest() throws Exception {
        for (int i = 0; i < 3; i++) {
            CompletableFuture<Thread> worker = new CompletableFuture<>();
            CountDownLatch mayEnd = new CountDownLatch(1);
            threads.execute(() -> {
                worker.complete(Thread.currentThread());
                threads.execute(mayEnd::countDown); // by another worker, since this one is at work
                awaitQuietly(mayEnd);
            });
            assertThat(worker.get()).isNotSameAs(Thread.currentThread());
            mayEnd.await();
        }
        assertThat(made.makers.get(0)).as("of the thread that says when").isSameAs(Thread.currentThread());
        assertThat(made.makers.subList(1, made.makers.size()))
                .isNotEmpty()
                .doesNotContain(Thread.currentThread())
                .allSatisfy(maker -> assertThat(maker).isSameAs(made.makers.get(1)));
    }

    @Test
    void whatIsToBeDoneOnceIsDoneWhenThereIsAThreadAgain() throws Exception {
        made.refusals.set(2);
        CountDownLatch done = new CountDownLatch(1);
        var unused = threads.once(Duration.ofMillis(10), done::countDown);
        assertThat(done.await(10, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void whoWaitsForAWorkerIsToldThatTheApplicationStops() throws Exception {
        made.mayGoOn = new CountDownLatch(1);
        CompletableFuture<Void> atIt = CompletableFuture.runAsync(() -> threads.execute(() -> {}));
        CompletableFuture<Void> behindIt = CompletableFuture.runAsync(() -> threads.execute(() -> {}));
        while (made.makers.size() < 2) {
            TimeUnit.MILLISECONDS.sleep(1);
        }
        threads.stop();
        assertThatThrownBy(atIt::get).hasCauseInstanceOf(RejectedExecutionException.class);
        assertThatThrownBy(behindIt::get).hasCauseInstanceOf(RejectedExecutionException.class);
        assertThatThrownBy(() -> threads.execute(() -> {})).isInstanceOf(RejectedExecutionException.class);
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
