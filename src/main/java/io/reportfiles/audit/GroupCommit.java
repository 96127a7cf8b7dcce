package io.reportfiles.audit;

import io.reportfiles.web.DatabaseAway;
import io.reportfiles.web.ProblemException;
import io.reportfiles.web.ProblemType;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;

/**
 * Commits together what many threads hand in at the same time. It has no thread of its own: the first one that comes
 * commits at once what it brought; those who come meanwhile wait, and one of them then commits for all of them. So nobody
 * is delayed for company, and the more come the fewer transactions each costs. Any number of threads may call at once.
 *
 * @param <T> what is committed
 */
final class GroupCommit<T> {

    private static final Duration RETRY_AFTER = Duration.ofSeconds(10);

    private final Consumer<List<T>> transaction;
    private final int largest;
    private final Duration patience;

    private final Deque<Member<T>> waiting = new ArrayDeque<>(); // guarded by this
    private boolean led; // guarded by this

    /** What a member that waits is told. */
    private enum Word {
        LEAD,
        SETTLED
    }

    private static final class Member<T> {
        private final T item;
        private final CompletableFuture<Word> word = new CompletableFuture<>();
        private Optional<Throwable> failure =
                Optional.empty(); // written before SETTLED is said, or by the leader itself

        Member(T item) {
            this.item = item;
        }
    }

    /**
     * Begins with nobody waiting.
     *
     * @param transaction commits all of a list or nothing; called by one thread at a time
     * @param largest how many items are committed together at most
     * @param patience how long a caller waits for its turn
     */
    GroupCommit(Consumer<List<T>> transaction, int largest, Duration patience) {
        this.transaction = transaction;
        this.largest = largest;
        this.patience = patience;
    }

    /**
     * Returns when {@code item} is committed.
     *
     * @throws IllegalStateException with the transaction's failure as its cause: as far as is known it is not committed
     * @throws ProblemException 503 if its turn does not come in time: it is not committed
     */
    void commit(T item) {
        Member<T> self = new Member<>(item);
        boolean leads;
        synchronized (this) {
            waiting.add(self);
            leads = !led;
            led = true;
        }
        if (leads || await(self) == Word.LEAD) {
            lead();
        }
        if (self.failure.isPresent()) { // each thread throws one of its own
            throw new IllegalStateException("not committed", self.failure.get());
        }
    }

    /** How many wait for their turn; for tests. */
    synchronized int waiting() {
        return waiting.size();
    }

    private Word await(Member<T> self) {
        try {
            return self.word.get(patience.toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            return giveUp(self);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return giveUp(self);
        } catch (ExecutionException e) { // nobody completes it so
            throw new IllegalStateException(e);
        }
    }

    /** Leaves the queue. Who is being committed already has to wait: its fate would be unknown. */
    private Word giveUp(Member<T> self) {
        boolean left;
        synchronized (this) {
            left = !self.word.isDone() && waiting.remove(self);
        }
        if (left) {
            throw ProblemException.retryLater(
                    ProblemType.DATABASE_UNAVAILABLE, "The database does not answer. Try again soon.", RETRY_AFTER);
        }
        return self.word.join();
    }

    /** Commits the members in front, the caller among them, and leaves the lead to the next. */
    private void lead() {
        List<Member<T>> group = new ArrayList<>();
        synchronized (this) {
            while (group.size() < largest && !waiting.isEmpty()) {
                group.add(waiting.remove());
            }
        }
        try {
            commit(group);
        } finally {
            group.forEach(member -> member.word.complete(Word.SETTLED));
            synchronized (this) {
                led = !waiting.isEmpty();
                if (led) {
                    waiting.element().word.complete(Word.LEAD); // in here, so that it can't leave meanwhile
                }
            }
        }
    }

    private void commit(List<Member<T>> group) {
        try {
            transaction.accept(group.stream().map(member -> member.item).toList());
        } catch (RuntimeException | Error failure) {
            if (group.size() == 1 || failure instanceof Error || DatabaseAway.isCauseOf(failure)) {
                group.forEach(member -> member.failure = Optional.of(failure));
            } else { // one of them may be at fault: the others must not suffer for it
                group.forEach(member -> commit(List.of(member)));
            }
        }
    }
}
