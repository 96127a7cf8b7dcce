package io.reportfiles.ledger;

import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/**
 * Which transfers a list shows. An empty filter filters nothing.
 *
 * @param reportFile id of the report file
 * @param account name of the account
 * @param outcome how it ended
 * @param from begun at this time or later
 * @param until begun before this time
 */
public record TransferFilter(
        Optional<UUID> reportFile,
        Optional<String> account,
        Optional<TransferOutcome> outcome,
        Optional<Instant> from,
        Optional<Instant> until) {

    /** All transfers of one report file. */
    public static TransferFilter ofReportFile(UUID reportFile) {
        return new TransferFilter(
                Optional.of(reportFile), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());
    }

    /** All transfers of one account. */
    static TransferFilter ofAccount(String name) {
        return new TransferFilter(
                Optional.empty(), Optional.of(name), Optional.empty(), Optional.empty(), Optional.empty());
    }

    /** Whether it leaves a part of the ledger that can be looked through at once. */
    boolean isNarrow() {
        return reportFile.isPresent() || account.isPresent() || from.isPresent();
    }
}
