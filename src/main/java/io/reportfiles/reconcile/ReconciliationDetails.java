package io.reportfiles.reconcile;

import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/**
 * A run as it is stored.
 *
 * @param state {@code RUNNING}, {@code FINISHED} or {@code FAILED}
 * @param failure why it failed
 */
record ReconciliationDetails(
        UUID id,
        Instant startedAt,
        Optional<Instant> endedAt,
        String startedBy,
        boolean dryRun,
        String state,
        Counts counts,
        Optional<String> failure) {}
