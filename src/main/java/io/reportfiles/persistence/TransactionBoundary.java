package io.reportfiles.persistence;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.util.function.Supplier;

/** Where the container begins and ends transactions; for {@link Transactions} alone. */
@ApplicationScoped
class TransactionBoundary {

    @Transactional
    <T> T call(Supplier<T> work) {
        return work.get();
    }
}
