package io.reportfiles.ledger.running;

import io.reportfiles.access.Caller;
import io.reportfiles.access.Scope;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/**
 * A transfer that is under way on this node.
 *
 * @param id of a download's row in the ledger, of an upload's report file
 * @param kind which way the bytes go
 * @param reportFiles ids of the files it is about
 * @param caller who reads or submits, as the request came; empty for anonymous
 * @param owners whose the files are
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
        Optional<Caller> caller,
        Set<? extends Scope> owners,
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
        owners = Set.copyOf(owners);
    }

    /** The name of the account that reads or submits. */
    public Optional<String> account() {
        return caller.map(Caller::name);
    }

    /** The bytes of a report file that is being submitted. */
    public static RunningTransfer upload(
            UUID reportFile,
            Caller submitter,
            Scope.OfOrganisation owner,
            Instant startedAt,
            Optional<Long> totalBytes,
            LongSupplier bytes,
            Consumer<BreakOff> breakOff) {
        return new RunningTransfer(
                reportFile,
                Kind.UPLOAD,
                List.of(reportFile),
                Optional.of(submitter),
                Set.of(owner),
                Optional.empty(),
                startedAt,
                totalBytes,
                bytes,
                breakOff);
    }
}
