package io.reportfiles.download;

import io.reportfiles.download.http.Body;
import io.reportfiles.ledger.LedgerEntry;
import io.reportfiles.ledger.TransferOutcome;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.UUID;

/**
 * The rows that one download has in the ledger, or will have soon.
 *
 * @param body what is sent
 * @param entry of the rows, at least one
 * @param numbers for each row which file of the body it is about; empty if the only row is about none
 */
public record LedgerRows(Body body, LedgerEntry entry, List<Integer> numbers) {

    public LedgerRows {
        numbers = List.copyOf(numbers);
    }

    /** How one row ends. */
    public record End(UUID transfer, TransferOutcome outcome, long bytes) {}

    private List<UUID> ids() {
        return entry.ids();
    }

    /** What log lines call the download. */
    UUID first() {
        return ids().get(0);
    }

    /** From row to the number of its file. */
    Map<UUID, Integer> files() {
        Map<UUID, Integer> files = new LinkedHashMap<>();
        for (int i = 0; i < numbers.size(); i++) {
            files.put(ids().get(i), numbers.get(i));
        }
        return files;
    }

    /**
     * How each row ends when the download ends. Of several files those that were sent whole are complete, whatever came
     * after them; and it is not the others' fault that one of them is damaged.
     */
    public List<End> ends(TransferOutcome outcome, long sentBytes, OptionalInt damaged) {
        if (ids().size() == 1) {
            return List.of(
                    new End(first(), outcome, numbers.isEmpty() ? sentBytes : body.bytesOf(numbers.get(0), sentBytes)));
        }
        List<End> ends = new ArrayList<>();
        files().forEach((id, file) -> {
            long bytes = body.bytesOf(file, sentBytes);
            ends.add(new End(id, outcomeOf(file, bytes, outcome, damaged), bytes));
        });
        return ends;
    }

    private TransferOutcome outcomeOf(int file, long bytes, TransferOutcome outcome, OptionalInt damaged) {
        if (bytes > 0 && bytes == body.bytesOf(file, body.length())) {
            return TransferOutcome.COMPLETE;
        }
        boolean blameless = outcome == TransferOutcome.INTEGRITY_FAILED && !damaged.equals(OptionalInt.of(file));
        return blameless ? TransferOutcome.INTERRUPTED : outcome;
    }
}
