package io.reportfiles.audit;

import io.reportfiles.persistence.DatabaseReady;
import io.reportfiles.persistence.PeriodicTasks;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.time.Duration;

/** What recurs: sealing the audit, and noting the end of its chain elsewhere. */
@ApplicationScoped
class AuditUpkeep {

    private static final Duration SEALS = Duration.ofSeconds(5);

    /** An anchor that the store did not take comes again after this; a new one waits for its own time. */
    private static final Duration ANCHORS = Duration.ofSeconds(30);

    private PeriodicTasks tasks;
    private AuditChain chain;

    /** For the client proxy. */
    protected AuditUpkeep() {}

    @Inject
    AuditUpkeep(PeriodicTasks tasks, AuditChain chain) {
        this.tasks = tasks;
        this.chain = chain;
    }

    void start(@Observes DatabaseReady event) {
        if (!tasks.begun()) {
            tasks.every(SEALS, "sealing the audit", chain::seal);
            tasks.every(ANCHORS, "anchoring the audit", chain::anchor);
        }
    }
}
