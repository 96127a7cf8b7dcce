package io.reportfiles.ledger;

import io.reportfiles.persistence.CommitFailedException;
import io.reportfiles.persistence.DatabaseAway;
import io.reportfiles.web.problem.ProblemException;
import io.reportfiles.web.problem.ProblemType;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;

/**
 * Commits items together that many threads hand in at the same time, while these go on with their other work. The first
 * item is committed at once, by a borrowed thread; those that come meanwhile are committed together when that is done. So
 * no item is delayed for company, and the more come the fewer transactions each costs. A transaction that
 * hangs, for its connection has fallen silent, holds up its own group only: after a while another thread takes over what
 * waits. Any number of threads may call at once.
 *
 * @param <T> what is committed
 */
final class GroupCommit<T> {

    private static final Duration RETRY_AFTER = Duration.ofSeconds(10);

    /** How often a waiting thread looks whether a transaction hangs. */
    private static final int LOOKS = 5;

    private final Consumer<List<T>> transaction;
    private final Consumer<T> doubtful;
    private final int largest;
    private final Duration tolerance;
    private final Executor threads;

    private final Deque<Commitment> waiting = new ArrayDeque<>(); // guarded by this
    private boolean underWay; // guarded by this
    private long groupSince; // nanoseconds; guarded by this
    private Object turn = new Object(); // of the thread that may take the next group; guarded by this

    /**
     * Begins with nothing handed in.
     *
     * @param transaction commits all of a list or nothing; called by one thread at a time, unless one hangs in it
     * @param doubtful is told of an item that is in the database, or may be, although its {@link Commitment#await} fails;
     *     by any thread, must return soon
     * @param largest how many items are committed together at most
     * @param patience how long a thread waits for its item; a transaction that takes a fifth of it hangs
     * @param threads where transactions run; if it fails, in the thread that hands in
     */
    GroupCommit(Consumer<List<T>> transaction, Consumer<T> doubtful, int largest, Duration patience, Executor threads) {
        this.transaction = transaction;
        this.doubtful = doubtful;
        this.largest = largest;
        this.tolerance = patience.dividedBy(LOOKS);
        this.threads = threads;
    }

    /** An item that was handed in. */
    final class Commitment {

        private final T item;
        private final CompletableFuture<Void> committed = new CompletableFuture<>();

        private Commitment(T item) {
            this.item = item;
        }

        /**
         * Returns when the item is committed. May be called more than once.
         *
         * @throws ProblemException 503 if that does not happen in time, or the database is away
         * @throws IllegalStateException with the transaction's failure as its cause: it is not committed
         */
        void await() {
            try {
                for (int look = 0; look < LOOKS && !isDoneWithinTolerance(); look++) {
                    commitUnlessUnderWay();
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            if (!committed.isDone()) {
                giveUp();
            }
            try {
                committed.join();
            } catch (CompletionException e) {
                throw notCommitted(e.getCause()); // each thread throws one of its own
            }
        }

        private boolean isDoneWithinTolerance() throws InterruptedException {
            try {
                committed.get(tolerance.toNanos(), TimeUnit.NANOSECONDS);
                return true;
            } catch (TimeoutException e) {
                return false;
            } catch (ExecutionException e) {
                return true;
            }
        }

        /** Leaves the queue. If it is being committed already, {@code doubtful} hears of it when that is done. */
        private void giveUp() {
            synchronized (GroupCommit.this) {
                waiting.remove(this);
            }
            committed.completeExceptionally(new TimeoutException("not committed in time"));
        }

        private void succeed() {
            boolean awaited = committed.complete(null);
            if (!awaited) {
                doubtful.accept(item);
            }
        }

        private void fail(Throwable failure) {
            committed.completeExceptionally(failure);
            if (failure instanceof Error || CommitFailedException.isUnknown(failure)) {
                doubtful.accept(item);
            }
        }
    }

    private static RuntimeException notCommitted(Throwable reason) {
        return reason instanceof TimeoutException || isAway(reason)
                ? ProblemException.retryLater(
                        ProblemType.DATABASE_UNAVAILABLE,
                        "The database does not answer. Try again soon.",
                        RETRY_AFTER,
                        reason)
                : new IllegalStateException("not committed", reason);
    }

    private static boolean isAway(Throwable failure) {
        return DatabaseAway.isCauseOf(failure) || CommitFailedException.isUnknown(failure);
    }

    /** Hands in {@code item}; it is committed soon. */
    Commitment submit(T item) {
        Commitment commitment = new Commitment(item);
        synchronized (this) {
            waiting.add(commitment);
        }
        commitUnlessUnderWay();
        return commitment;
    }

    /** How many wait for their turn; for tests. */
    synchronized int waiting() {
        return waiting.size();
    }

    /** Lets a thread commit what waits, unless another one does and does not hang. */
    private void commitUnlessUnderWay() {
        Object mine = new Object();
        synchronized (this) {
            boolean hangs = System.nanoTime() - groupSince > tolerance.toNanos();
            if (waiting.isEmpty() || (underWay && !hangs)) {
                return;
            }
            underWay = true;
            groupSince = System.nanoTime();
            turn = mine;
        }
        try {
            threads.execute(() -> commitAll(mine));
        } catch (RuntimeException | Error noThread) { // the application stops, or the system gives none
            commitAll(mine);
        }
    }

    private void commitAll(Object mine) {
        for (List<Commitment> group = next(mine); !group.isEmpty(); group = next(mine)) {
            commit(group);
        }
    }

    /**
     * Takes the items in front out of the queue. There are none for a thread that hung and has lost its turn. After none,
     * the next item that is handed in begins anew.
     */
    private synchronized List<Commitment> next(Object mine) {
        if (turn != mine) {
            return List.of();
        }
        List<Commitment> group = new ArrayList<>();
        while (group.size() < largest && !waiting.isEmpty()) {
            group.add(waiting.remove());
        }
        underWay = !group.isEmpty();
        groupSince = System.nanoTime();
        return group;
    }

    /** Returns the failure, if none of the group was committed for a reason that is no fault of theirs. */
    private Optional<Throwable> commit(List<Commitment> group) {
        try {
            transaction.accept(group.stream().map(member -> member.item).toList());
        } catch (RuntimeException | Error failure) {
            boolean forAll = failure instanceof Error || isAway(failure);
            if (forAll || group.size() == 1) {
                group.forEach(member -> member.fail(failure));
            } else {
                commitEach(group);
            }
            return forAll ? Optional.of(failure) : Optional.empty();
        }
        group.forEach(Commitment::succeed);
        return Optional.empty();
    }

    /** One of them may be at fault, for which the others must not suffer. */
    private void commitEach(List<Commitment> group) {
        Optional<Throwable> away = Optional.empty();
        for (Commitment member : group) {
            if (away.isPresent()) {
                member.fail(away.get());
            } else {
                away = commit(List.of(member));
            }
        }
    }
}
