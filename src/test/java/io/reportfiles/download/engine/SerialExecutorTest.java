package io.reportfiles.download.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.reportfiles.download.engine.SerialExecutor.Next;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class SerialExecutorTest {

    @Test
    void aSignalDuringATurnLeadsToAnotherOne() {
        Deque<Runnable> queue = new ArrayDeque<>();
        AtomicInteger count = new AtomicInteger();
        SerialExecutor[] self = new SerialExecutor[1];
        self[0] = new SerialExecutor(queue::add, () -> {
            if (count.incrementAndGet() == 1) {
                self[0].signal();
            }
            return Next.WAIT;
        });
        self[0].signal();
        drain(queue);
        assertThat(count).hasValue(2);
    }

    @Test
    void yieldingGoesToTheEndOfTheQueue() {
        Deque<Runnable> queue = new ArrayDeque<>();
        StringBuilder order = new StringBuilder();
        SerialExecutor greedy =
                new SerialExecutor(queue::add, () -> order.append('g').length() < 4 ? Next.YIELD : Next.WAIT);
        SerialExecutor modest = new SerialExecutor(queue::add, () -> {
            order.append('m');
            return Next.WAIT;
        });
        greedy.signal();
        modest.signal();
        drain(queue);
        assertThat(order).hasToString("gmgg");
    }

    @Test
    void turnsNeverOverlapAndNoSignalIsLost() throws InterruptedException {
        ExecutorService threads = Executors.newFixedThreadPool(8);
        AtomicInteger inside = new AtomicInteger();
        AtomicInteger overlaps = new AtomicInteger();
        AtomicInteger pending = new AtomicInteger();
        AtomicInteger handled = new AtomicInteger();
        SerialExecutor turns = new SerialExecutor(threads, () -> {
            if (inside.incrementAndGet() > 1) {
                overlaps.incrementAndGet();
            }
            handled.addAndGet(pending.getAndSet(0));
            inside.decrementAndGet();
            return Next.WAIT;
        });
        int senders = 4;
        int each = 10_000;
        CountDownLatch sent = new CountDownLatch(senders);
        for (int i = 0; i < senders; i++) {
            threads.execute(() -> {
                for (int n = 0; n < each; n++) {
                    pending.incrementAndGet();
                    turns.signal();
                }
                sent.countDown();
            });
        }
        assertThat(sent.await(30, TimeUnit.SECONDS)).isTrue();
        threads.shutdown();
        assertThat(threads.awaitTermination(30, TimeUnit.SECONDS)).isTrue();
        assertThat(overlaps).hasValue(0);
        assertThat(handled).hasValue(senders * each);
    }

    private static void drain(Deque<Runnable> queue) {
        while (!queue.isEmpty()) {
            queue.poll().run();
        }
    }
}
