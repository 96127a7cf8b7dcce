package io.reportfiles.persistence;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.TransactionalException;
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
     * @throws RuntimeException what {@code work} throws, or that what it did was not committed
     */
    public <T> T call(Supplier<T> work) {
        try {
            return boundary.call(work);
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) { // undeclared: WildFly throws a commit's failure as the checked exception that it is
            throw new TransactionalException("The transaction was not committed", e);
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
