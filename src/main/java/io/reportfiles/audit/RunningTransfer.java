package io.reportfiles.audit;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/**
 * A transfer that is under way on this node.
 *
 * @param id of a download's row in the ledger, of an upload's report file
 * @param kind which way the bytes go
 * @param reportFiles ids of the files it is about
 * @param account who reads or submits; empty for anonymous
 * @param remoteAddress where the other end is; empty where it is not known
 * @param startedAt since when
 * @param totalBytes how many there are to go in all; empty where it is not known
 * @param bytes how many have gone; from any thread
 * @param breakOff breaks it off; from any thread, any number of times
 */
public record RunningTransfer(
        UUID id,
        Kind kind,
        List<UUID> reportFiles,
        Optional<String> account,
        Optional<String> remoteAddress,
        Instant startedAt,
        Optional<Long> totalBytes,
        LongSupplier bytes,
        Consumer<BreakOff> breakOff) {

    /** Which way the bytes go. */
    public enum Kind {
        /** To a reader. */
        DOWNLOAD,
        /** From a submitter. */
        UPLOAD
    }

    public RunningTransfer {
        reportFiles = List.copyOf(reportFiles);
    }

    /** The bytes of a report file that is being submitted. */
    public static RunningTransfer upload(
            UUID reportFile,
            String account,
            Instant startedAt,
            Optional<Long> totalBytes,
            LongSupplier bytes,
            Consumer<BreakOff> breakOff) {
        return new RunningTransfer(
                reportFile,
                Kind.UPLOAD,
                List.of(reportFile),
                Optional.of(account),
                Optional.empty(),
                startedAt,
                totalBytes,
                bytes,
                breakOff);
    }
}
