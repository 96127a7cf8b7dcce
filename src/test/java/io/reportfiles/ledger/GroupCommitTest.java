package io.reportfiles.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.reportfiles.persistence.CommitFailedException;
import io.reportfiles.web.problem.ProblemException;
import io.reportfiles.web.problem.ProblemType;
import java.sql.SQLTransientConnectionException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class GroupCommitTest {

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final ExecutorService callers = Executors.newCachedThreadPool();
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final List<List<Integer>> committed = new ArrayList<>(); // by one thread at a time
    private final BlockingQueue<Integer> doubtful = new LinkedBlockingQueue<>();
    private final CountDownLatch firstIsCommitting = new CountDownLatch(1);
    private final Semaphore mayCommit = new Semaphore(0);

    @AfterEach
    void stop() {
        callers.shutdownNow();
        threads.shutdownNow();
    }

    @Test
    void callersGoOnWhileTheirItemIsCommitted() {
        GroupCommit<Integer>.Commitment handedIn =
                commit(this::slowly, 10, PATIENCE, threads).submit(1);
        mayCommit.release(); // by the thread that would otherwise be waiting
        handedIn.await();
        handedIn.await(); // as often as one likes
        assertThat(committed).containsExactly(List.of(1));
    }

    @Test
    void transactionThatHangsHoldsUpItsOwnGroupOnly() throws Exception {
        CountDownLatch free = new CountDownLatch(1);
        List<Integer> done = new CopyOnWriteArrayList<>();
        GroupCommit<Integer> commit = commit(
                group -> {
                    if (group.contains(1)) {
                        firstIsCommitting.countDown();
                        awaitUninterrupted(free);
                    }
                    done.addAll(group);
                },
                10,
                Duration.ofSeconds(1),
                threads);
        GroupCommit<Integer>.Commitment hanging = commit.submit(1);
        firstIsCommitting.await();
        commit.submit(2).await(); // comes soon, and nobody after it
        assertThat(done).containsExactly(2);
        assertThatThrownBy(hanging::await)
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        problem -> assertThat(problem.type()).isEqualTo(ProblemType.DATABASE_UNAVAILABLE));
        commit(commit, 3);
        assertThat(doubtful).isEmpty();
        free.countDown();
        assertThat(doubtful.poll(10, TimeUnit.SECONDS))
                .as("committed after all, which nobody has heard")
                .isEqualTo(1);
        commit(commit, 4);
        assertThat(done).containsExactly(2, 3, 1, 4);
    }

    @Test
    void groupWhoseFateIsUnknownIsNotCommittedAgain() throws Exception {
        Consumer<List<Integer>> lost = group -> {
            slowly(group);
            if (group.size() > 1) {
                throw new CommitFailedException(new IllegalStateException("the answer was lost"));
            }
        };
        GroupCommit<Integer> commit = commit(lost, 10, PATIENCE, threads);
        List<Future<?>> all = startBehindTheFirst(commit, 2);
        mayCommit.release(9);
        all.get(0).get();
        for (int caller : new int[] {1, 2}) {
            assertThatThrownBy(() -> all.get(caller).get()).hasCauseInstanceOf(ProblemException.class);
        }
        assertThat(committed).hasSize(2);
        assertThat(doubtful).containsExactlyInAnyOrder(1, 2);
    }

    private static void awaitUninterrupted(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void whereThereIsNoThreadTheCallerCommits() {
        List<Thread> committers = new ArrayList<>();
        threads.shutdown();
        GroupCommit<Integer> commit = commit(group -> committers.add(Thread.currentThread()), 10, PATIENCE, threads);
        commit.submit(1).await();
        commit.submit(2).await();
        assertThat(committers).containsExactly(Thread.currentThread(), Thread.currentThread());
    }

    @Test
    void aSystemThatGivesNoThreadHoldsNobodyUp() {
        GroupCommit<Integer> commit = commit(committed::add, 10, PATIENCE, work -> {
            throw new OutOfMemoryError("unable to create native thread, on purpose");
        });
        commit.submit(1).await();
        commit.submit(2).await();
        assertThat(committed).containsExactly(List.of(1), List.of(2));
    }

    @Test
    void thoseWhoComeMeanwhileShareTheNextTransaction() throws Exception {
        GroupCommit<Integer> commit = commit(this::slowly, 10, PATIENCE, threads);
        List<Future<?>> all = startBehindTheFirst(commit, 5);
        mayCommit.release(2);
        for (Future<?> one : all) {
            one.get();
        }
        assertThat(committed).hasSize(2);
        assertThat(committed.get(0)).containsExactly(0);
        assertThat(committed.get(1)).containsExactlyInAnyOrder(1, 2, 3, 4, 5);
    }

    @Test
    void groupsHaveABound() throws Exception {
        GroupCommit<Integer> commit = commit(this::slowly, 2, PATIENCE, threads);
        List<Future<?>> all = startBehindTheFirst(commit, 5);
        mayCommit.release(4);
        for (Future<?> one : all) {
            one.get();
        }
        assertThat(committed).extracting(List::size).containsExactly(1, 2, 2, 1);
    }

    @Test
    void nobodyReturnsBeforeItsItemIsCommitted() throws Exception {
        GroupCommit<Integer> commit = commit(this::slowly, 10, PATIENCE, threads);
        List<Future<?>> all = startBehindTheFirst(commit, 2);
        mayCommit.release();
        all.get(0).get();
        assertThat(all.get(1).isDone()).isFalse();
        assertThat(all.get(2).isDone()).isFalse();
        mayCommit.release();
        all.get(1).get();
        all.get(2).get();
    }

    @Test
    void oneThatCanNotBeCommittedDoesNotHarmTheOthers() throws Exception {
        Consumer<List<Integer>> choosy = group -> {
            if (group.contains(2)) {
                throw new IllegalArgumentException("2");
            }
            slowly(group);
        };
        GroupCommit<Integer> commit = commit(choosy, 10, PATIENCE, threads);
        List<Future<?>> all = startBehindTheFirst(commit, 3);
        mayCommit.release(10);
        for (int caller : new int[] {0, 1, 3}) {
            all.get(caller).get();
        }
        assertThatThrownBy(() -> all.get(2).get()).rootCause().hasMessage("2");
        assertThat(committed.stream().flatMap(List::stream)).containsExactlyInAnyOrder(0, 1, 3);
    }

    @Test
    void databaseThatIsAwayIsAskedOncePerGroup() throws Exception {
        Consumer<List<Integer>> away = group -> {
            slowly(group);
            throw new IllegalStateException(new SQLTransientConnectionException("away"));
        };
        GroupCommit<Integer> commit = commit(away, 10, PATIENCE, threads);
        List<Future<?>> all = startBehindTheFirst(commit, 5);
        mayCommit.release(2);
        for (Future<?> one : all) {
            assertThatThrownBy(one::get).rootCause().hasMessage("away");
        }
        assertThat(committed).hasSize(2);
    }

    @Test
    void itemThatIsGivenUpInTheQueueIsNotCommitted() throws Exception {
        ExecutorService one = Executors.newSingleThreadExecutor(); // none is left to take over
        GroupCommit<Integer> commit = commit(this::slowly, 10, Duration.ofMillis(500), one);
        List<Future<?>> all = startBehindTheFirst(commit, 2);
        for (int caller : new int[] {1, 2}) {
            assertThatThrownBy(() -> all.get(caller).get())
                    .isInstanceOf(ExecutionException.class)
                    .hasCauseInstanceOf(ProblemException.class);
        }
        mayCommit.release(2);
        assertThatThrownBy(() -> all.get(0).get()).hasCauseInstanceOf(ProblemException.class);
        commit(commit, 3); // as if nothing had happened
        assertThat(committed).containsExactly(List.of(0), List.of(3));
        one.shutdown();
    }

    @Test
    void manyThreadsCommitEachItemOnce() throws Exception {
        GroupCommit<Integer> commit = commit(committed::add, 7, PATIENCE, threads);
        List<Future<?>> all = new ArrayList<>();
        IntStream.range(0, 32)
                .forEach(caller -> all.add(callers.submit(() ->
                        IntStream.range(0, 500).forEach(item -> commit(commit, caller * 500 + item)))));
        for (Future<?> one : all) {
            one.get();
        }
        assertThat(committed.stream().flatMap(List::stream).sorted())
                .containsExactlyElementsOf(IntStream.range(0, 16_000).boxed().toList());
    }

    private GroupCommit<Integer> commit(
            Consumer<List<Integer>> transaction, int largest, Duration patience, Executor executor) {
        return new GroupCommit<>(transaction, doubtful::add, largest, patience, executor);
    }

    private static void commit(GroupCommit<Integer> commit, int item) {
        commit.submit(item).await();
    }

    private void slowly(List<Integer> group) {
        committed.add(group);
        firstIsCommitting.countDown();
        mayCommit.acquireUninterruptibly();
    }

    /** Item 0 is being committed; items 1 to {@code others} wait. */
    private List<Future<?>> startBehindTheFirst(GroupCommit<Integer> commit, int others) throws InterruptedException {
        List<Future<?>> all = new ArrayList<>();
        all.add(callers.submit(() -> commit(commit, 0)));
        firstIsCommitting.await();
        IntStream.rangeClosed(1, others).forEach(item -> all.add(callers.submit(() -> commit(commit, item))));
        while (commit.waiting() < others && all.stream().noneMatch(one -> one != all.get(0) && one.isDone())) {
            TimeUnit.MILLISECONDS.sleep(1);
        }
        return all;
    }
}
