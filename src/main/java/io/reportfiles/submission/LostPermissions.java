package io.reportfiles.submission;

import io.reportfiles.access.Caller;
import io.reportfiles.access.Callers;
import io.reportfiles.ledger.running.BreakOff;
import io.reportfiles.ledger.running.RunningTransfer;
import io.reportfiles.ledger.running.RunningTransfers;
import io.reportfiles.persistence.DatabaseReady;
import io.reportfiles.persistence.PeriodicTasks;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Ends submissions whose senders have lost the permission since they began, whichever node took it away. While the
 * database is away nothing is known, and so nothing is ended.
 */
@ApplicationScoped
class LostPermissions {

    private static final Duration INTERVAL = Duration.ofSeconds(2);

    private PeriodicTasks tasks;
    private RunningTransfers transfers;
    private Callers callers;

    /** For the client proxy. */
    protected LostPermissions() {}

    @Inject
    LostPermissions(PeriodicTasks tasks, RunningTransfers transfers, Callers callers) {
        this.tasks = tasks;
        this.transfers = transfers;
        this.callers = callers;
    }

    synchronized void start(@Observes DatabaseReady event) {
        if (!tasks.begun()) {
            tasks.every(INTERVAL, "looking for senders who may not submit any more", this::endRevoked);
        }
    }

    /** Looks once at all submissions that are under way. */
    void endRevoked() {
        List<RunningTransfer> submissions = transfers.submissions();
        Set<Caller> senders = submissions.stream()
                .flatMap(submission -> submission.caller().stream())
                .collect(Collectors.toSet());
        if (senders.isEmpty()) {
            return;
        }
        Map<Caller, Caller> now = callers.now(senders);
        for (RunningTransfer submission : submissions) {
            Caller sender = now.get(submission.caller().orElseThrow());
            if (!submission.owners().stream().allMatch(owner -> PermittedCompletion.mayGoOn(sender, owner))) {
                submission.breakOff().accept(BreakOff.NO_PERMISSION);
            }
        }
    }
}
