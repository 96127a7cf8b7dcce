package io.reportfiles.ledger;

import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/**
 * A transfer as the API shows it. What is not known is left out.
 *
 * @param first zero-based position of the first byte of the part asked for; left out for the whole file
 * @param length number of bytes asked for; left out for the whole file
 * @param ranges the parts asked for, in the form {@code 0-99,200-299}, where there are several
 * @param fileBytes size of the file
 * @param status of the answer, where nothing was transferred
 * @param bytes number of bytes handed to the reader's connection
 */
public record TransferJson(
        String id,
        Optional<String> reportFile,
        Optional<String> askedFor,
        Optional<String> account,
        String remoteAddress,
        String userAgent,
        String method,
        Optional<Long> first,
        Optional<Long> length,
        Optional<String> ranges,
        Optional<Long> fileBytes,
        Instant startedAt,
        Optional<Instant> endedAt,
        String outcome,
        Optional<Integer> status,
        long bytes) {

    /** The JSON of a transfer. */
    public static TransferJson of(TransferDetails transfer) {
        return new TransferJson(
                transfer.id().toString(),
                transfer.reportFile().map(UUID::toString),
                transfer.askedFor(),
                transfer.account(),
                transfer.remoteAddress(),
                transfer.userAgent(),
                transfer.method(),
                transfer.range().map(TransferRange::first),
                transfer.range().map(TransferRange::length),
                transfer.ranges(),
                transfer.fileBytes(),
                transfer.startedAt(),
                transfer.endedAt(),
                transfer.outcome().name(),
                transfer.status(),
                transfer.bytes());
    }
}
