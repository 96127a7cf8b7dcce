package io.reportfiles.ledger;

import java.util.UUID;

/**
 * CDI event: a transfer has found that a file's bytes are not, or are again, those that were submitted. Fired inside the
 * transaction that notes the transfer's end, so that what observers change is committed with it; it is fired again when
 * that fails.
 *
 * @param file id of the report file
 * @param transfer id of the transfer
 * @param intact whether the bytes are those that were submitted
 */
public record IntegrityFinding(UUID file, UUID transfer, boolean intact) {}
