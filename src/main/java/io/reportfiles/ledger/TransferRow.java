package io.reportfiles.ledger;

import java.time.Instant;
import java.util.UUID;

/**
 * A row that is about to enter the ledger.
 *
 * @param id of the row
 * @param node the node that serves it
 * @param transfer what begins, or was refused
 * @param startedAt now
 * @param outcome {@link TransferOutcome#STARTED}, or how it ended at once
 * @param status of the answer to what ended at once; 0 for what begins
 */
record TransferRow(UUID id, UUID node, NewTransfer transfer, Instant startedAt, TransferOutcome outcome, int status) {}
