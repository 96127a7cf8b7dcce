package io.reportfiles.audit;

import java.util.List;
import java.util.UUID;

/** Rows that are on their way into the ledger. Any number of threads may wait. */
public interface LedgerEntry {

    /** Of the rows, in the order of their transfers; never to be changed. */
    List<UUID> ids();

    /**
     * Returns when the rows are committed, at once if they are already.
     *
     * @throws io.reportfiles.web.ProblemException 503 if their turn does not come in time: none is there, and none will be
     * @throws RuntimeException if they could not be committed. Where the connection broke in the middle of it they may be
     *     there nevertheless
     */
    void await();
}
