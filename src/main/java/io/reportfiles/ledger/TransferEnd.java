package io.reportfiles.ledger;

import java.time.Instant;
import java.util.UUID;

/**
 * How a transfer ended.
 *
 * @param transfer id of its row
 * @param outcome anything but {@link TransferOutcome#STARTED}
 * @param bytes how many bytes of the body were handed to the reader's connection
 * @param endedAt when
 * @param finding what it says about the file
 */
record TransferEnd(UUID transfer, TransferOutcome outcome, long bytes, Instant endedAt, Finding finding) {

    /** What a transfer says about the bytes of its file. */
    enum Finding {
        /** Nothing that was not known. */
        NONE,
        /** They are not those that were submitted. */
        DAMAGED,
        /** They are, although they were not before. */
        INTACT
    }

    TransferEnd {
        if (!outcome.isFinal() || bytes < 0) {
            throw new IllegalArgumentException("%s after %d bytes".formatted(outcome, bytes));
        }
    }
}
