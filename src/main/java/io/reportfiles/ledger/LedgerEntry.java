package io.reportfiles.ledger;

import java.util.List;
import java.util.UUID;

/** Rows that are on their way into the ledger. Any number of threads may wait. */
public interface LedgerEntry {

    /** Of the rows, in the order of their transfers; never to be changed. */
    List<UUID> ids();

    /**
     * Returns when the rows are committed, at once if they are already. If this fails nothing may be sent; should the rows
     * be there nevertheless, the ledger ends them by itself.
     *
     * @throws io.reportfiles.web.problem.ProblemException 503 if they are not committed in time, or the database is away
     * @throws IllegalStateException if they can't be committed
     */
    void await();
}
