package io.reportfiles.persistence;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.util.function.Supplier;

/**
 * Runs work in a transaction. For classes whose methods are several short transactions, or some work and then one: the
 * boundary stands where it can be seen, and tests without a server put their own in its place. An exception rolls back.
 */
@ApplicationScoped
public class Transactions {

    /** Runs {@code work} in the surrounding transaction, or in one of its own when there is none. */
    @Transactional
    public <T> T call(Supplier<T> work) {
        return work.get();
    }

    /** As {@link #call}, without a result. */
    @Transactional
    public void run(Runnable work) {
        work.run();
    }
}
