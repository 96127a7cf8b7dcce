package io.reportfiles.audit;

import java.util.List;
import java.util.UUID;

/**
 * Rows that are on their way into the ledger. Any number of threads may wait.
 *
 * @param ids of the rows, in the order of their transfers
 * @param committed waits for them
 */
public record LedgerEntry(List<UUID> ids, Runnable committed) {

    public LedgerEntry {
        ids = List.copyOf(ids);
    }

    /**
     * Returns when the rows are committed, at once if they are already.
     *
     * @throws RuntimeException if they are not, as far as is known: none is there then
     */
    public void await() {
        committed.run();
    }
}
