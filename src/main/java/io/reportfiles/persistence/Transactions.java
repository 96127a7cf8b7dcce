package io.reportfiles.persistence;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;

/**
 * Runs work in a transaction. For classes whose methods are several short transactions, or some work and then one: the
 * boundary stands where it can be seen, and tests without a server put their own in its place. An exception rolls back.
 */
@ApplicationScoped
public class Transactions {

    @Inject
    private TransactionBoundary boundary;

    /**
     * Runs {@code work} in the surrounding transaction, or in one of its own when there is none.
     *
     * @throws CommitFailedException if the work was done and not committed, as far as is known
     * @throws RuntimeException what {@code work} throws; then nothing was committed
     */
    public <T> T call(Supplier<T> work) {
        AtomicBoolean done = new AtomicBoolean();
        try {
            return boundary.call(() -> {
                T result = work.get();
                done.set(true);
                return result;
            });
        } catch (RuntimeException e) { // what a failed commit looks like differs between servers
            throw done.get() ? new CommitFailedException(e) : e;
        } catch (Exception e) { // undeclared: WildFly throws a commit's failure as the checked exception that it is
            throw new CommitFailedException(e);
        }
    }

    /** As {@link #call}, without a result. */
    public void run(Runnable work) {
        call(() -> {
            work.run();
            return true;
        });
    }
}
