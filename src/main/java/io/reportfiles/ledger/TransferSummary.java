package io.reportfiles.ledger;

import io.reportfiles.persistence.DaySpan;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Transfers, counted in groups, as the API shows them.
 *
 * @param from begun at this time or later
 * @param until begun before this time
 * @param zone whose days are meant
 * @param items the groups that have transfers
 */
public record TransferSummary(Instant from, Instant until, String zone, List<Item> items) {

    /**
     * A group; of what it was grouped by, what it has.
     *
     * @param day such as 2026-03-31
     * @param organisation code of the organisation whose file was asked for
     * @param transfers number of transfers
     * @param bytes number of bytes handed to readers' connections
     */
    public record Item(
            Optional<String> day,
            Optional<String> outcome,
            Optional<String> organisation,
            long transfers,
            long bytes) {}

    static TransferSummary of(DaySpan span, List<Item> items) {
        return new TransferSummary(span.from(), span.until(), span.zone().getId(), items);
    }
}
