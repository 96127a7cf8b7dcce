package io.reportfiles.audit;

import io.reportfiles.persistence.Chores;
import io.reportfiles.persistence.DatabaseReady;
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

    private Chores chores;
    private AuditChain chain;

    /** For the client proxy. */
    protected AuditUpkeep() {}

    @Inject
    AuditUpkeep(Chores chores, AuditChain chain) {
        this.chores = chores;
        this.chain = chain;
    }

    void start(@Observes DatabaseReady event) {
        if (!chores.begun()) {
            chores.every(SEALS, "sealing the audit", chain::seal);
            chores.every(ANCHORS, "anchoring the audit", chain::anchor);
        }
    }
}
