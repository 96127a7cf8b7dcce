package io.reportfiles.ledger.running;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * A transfer that is under way, as the API shows it. What is not known is left out.
 *
 * @param kind {@code DOWNLOAD} or {@code UPLOAD}
 * @param bytes how many have gone
 * @param totalBytes how many there are to go in all
 */
public record RunningTransferJson(
        String id,
        String kind,
        List<String> reportFiles,
        Optional<String> account,
        Optional<String> remoteAddress,
        Instant startedAt,
        long bytes,
        Optional<Long> totalBytes) {

    /** The JSON of a transfer, as it stands now. */
    public static RunningTransferJson of(RunningTransfer transfer) {
        return new RunningTransferJson(
                transfer.id().toString(),
                transfer.kind().name(),
                transfer.reportFiles().stream().map(UUID::toString).toList(),
                transfer.account(),
                transfer.remoteAddress(),
                transfer.startedAt(),
                transfer.bytes().getAsLong(),
                transfer.totalBytes());
    }
}
