package io.reportfiles.audit;

import io.reportfiles.web.DatabaseAway;
import io.reportfiles.web.ProblemException;
import io.reportfiles.web.ProblemType;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;

/**
 * Commits together what many threads hand in at the same time, while they go on with what else they have to do. What
 * comes first is committed at once, by a thread that is borrowed for it; what comes meanwhile is committed together when
 * that is done. So nobody is delayed for company, and the more come the fewer transactions each costs. Any number of
 * threads may call at once.
 *
 * @param <T> what is committed
 */
final class GroupCommit<T> {

    private static final Duration RETRY_AFTER = Duration.ofSeconds(10);

    private final Consumer<List<T>> transaction;
    private final int largest;
    private final Duration patience;
    private final Executor threads;

    private final Deque<Commitment> waiting = new ArrayDeque<>(); // guarded by this
    private boolean underWay; // guarded by this

    /**
     * Begins with nothing handed in.
     *
     * @param transaction commits all of a list or nothing; called by one thread at a time
     * @param largest how many items are committed together at most
     * @param patience how long somebody waits for an item's turn
     * @param threads where transactions run; if it fails, in the thread that hands in
     */
    GroupCommit(Consumer<List<T>> transaction, int largest, Duration patience, Executor threads) {
        this.transaction = transaction;
        this.largest = largest;
        this.patience = patience;
        this.threads = threads;
    }

    /** What was handed in. */
    final class Commitment {

        private final T item;
        private final CompletableFuture<Void> committed = new CompletableFuture<>();

        private Commitment(T item) {
            this.item = item;
        }

        /**
         * Returns when the item is committed. Whoever hands in does ask, once or more often.
         *
         * @throws IllegalStateException with the transaction's failure as its cause: as far as is known it is not committed
         * @throws ProblemException 503 if its turn does not come in time: it is not committed
         */
        void await() {
            try {
                committed.get(patience.toNanos(), TimeUnit.NANOSECONDS);
            } catch (TimeoutException e) {
                giveUp();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                giveUp();
            } catch (ExecutionException e) {
                throw notCommitted(e.getCause());
            }
        }

        /** Leaves the queue. What is being committed already has to be waited for: its fate would be unknown. */
        private void giveUp() {
            boolean left;
            synchronized (GroupCommit.this) {
                left = waiting.remove(this);
            }
            if (left) {
                committed.completeExceptionally(ProblemException.retryLater(
                        ProblemType.DATABASE_UNAVAILABLE,
                        "The database does not answer. Try again soon.",
                        RETRY_AFTER));
            }
            try {
                committed.join();
            } catch (CompletionException e) {
                throw notCommitted(e.getCause());
            }
        }
    }

    private static RuntimeException notCommitted(Throwable reason) {
        return reason instanceof ProblemException tooLate
                ? tooLate
                : new IllegalStateException("not committed", reason); // each thread throws one of its own
    }

    /** Hands in {@code item}; it is committed soon. */
    Commitment submit(T item) {
        Commitment commitment = new Commitment(item);
        boolean first;
        synchronized (this) {
            waiting.add(commitment);
            first = !underWay;
            underWay = true;
        }
        if (first) {
            try {
                threads.execute(this::commitAll);
            } catch (RuntimeException | Error noThread) { // the application stops, or the system gives none
                commitAll();
            }
        }
        return commitment;
    }

    /** How many wait for their turn; for tests. */
    synchronized int waiting() {
        return waiting.size();
    }

    private void commitAll() {
        for (List<Commitment> group = next(); !group.isEmpty(); group = next()) {
            commit(group);
        }
    }

    /** Those in front; when there is none, the next one who comes is the first again. */
    private synchronized List<Commitment> next() {
        List<Commitment> group = new ArrayList<>();
        while (group.size() < largest && !waiting.isEmpty()) {
            group.add(waiting.remove());
        }
        underWay = !group.isEmpty();
        return group;
    }

    private void commit(List<Commitment> group) {
        try {
            transaction.accept(group.stream().map(member -> member.item).toList());
            group.forEach(member -> member.committed.complete(null));
        } catch (RuntimeException | Error failure) {
            if (group.size() == 1 || failure instanceof Error || DatabaseAway.isCauseOf(failure)) {
                group.forEach(member -> member.committed.completeExceptionally(failure));
            } else { // one of them may be at fault: the others must not suffer for it
                group.forEach(member -> commit(List.of(member)));
            }
        }
    }
}
