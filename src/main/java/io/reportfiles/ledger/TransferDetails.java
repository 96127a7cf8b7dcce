package io.reportfiles.ledger;

import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/**
 * One transfer, as the ledger has it.
 *
 * @param id of the row
 * @param reportFile id of the report file; empty when what was asked for does not exist
 * @param askedFor the path, where there is no such report file
 * @param account name of the account at the time, empty for anonymous
 * @param remoteAddress where the request came from
 * @param userAgent what the client called itself
 * @param method the HTTP method
 * @param range the part asked for, empty for the whole file; from the first byte to the last of several parts
 * @param ranges the parts, in the form {@code 0-99,200-299}, where there are several
 * @param fileBytes size of the file, empty where it was not looked at
 * @param status of the answer, where nothing was transferred
 * @param startedAt when it began
 * @param endedAt when it ended, empty as long as it is not known to have ended
 * @param outcome how it ended
 * @param bytes number of bytes of the body handed to the reader's connection
 */
public record TransferDetails(
        UUID id,
        Optional<UUID> reportFile,
        Optional<String> askedFor,
        Optional<String> account,
        String remoteAddress,
        String userAgent,
        String method,
        Optional<TransferRange> range,
        Optional<String> ranges,
        Optional<Long> fileBytes,
        Optional<Integer> status,
        Instant startedAt,
        Optional<Instant> endedAt,
        TransferOutcome outcome,
        long bytes) {}
