package io.reportfiles.ledger;

import io.reportfiles.config.LedgerSettings;
import io.reportfiles.persistence.DatabaseReady;
import io.reportfiles.persistence.PeriodicTasks;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.time.Duration;

/**
 * What recurs: writing down how transfers ended, renewing this node's lease, looking after those that ran out,
 * sealing the ledger, and noting the end of its chain elsewhere.
 */
@ApplicationScoped
class LedgerUpkeep {

    /** So that a renewal may fail twice before the lease is lost. */
    private static final int RENEWALS_PER_LEASE = 4;

    private static final Duration ENDS = Duration.ofMillis(100);

    private static final Duration REFUSALS = Duration.ofSeconds(10);

    private static final Duration SEALS = Duration.ofSeconds(5);

    private static final Duration FORGOTTEN = Duration.ofHours(1);

    /** An anchor that the store did not take comes again after this; a new one waits for its own time. */
    private static final Duration ANCHORS = Duration.ofSeconds(30);

    /** It reads the whole ledger, and has eight days. */
    private static final Duration LOOK_BACK = Duration.ofDays(1);

    private PeriodicTasks tasks;
    private TransferLedger ledger;
    private NodeLease lease;
    private Refusals refusals;
    private TransferChain transferChain;
    private LedgerSettings settings;

    /** For the client proxy. */
    protected LedgerUpkeep() {}

    @Inject
    LedgerUpkeep(
            PeriodicTasks tasks,
            TransferLedger ledger,
            NodeLease lease,
            Refusals refusals,
            TransferChain transferChain,
            LedgerSettings settings) {
        this.tasks = tasks;
        this.ledger = ledger;
        this.lease = lease;
        this.refusals = refusals;
        this.transferChain = transferChain;
        this.settings = settings;
    }

    synchronized void start(@Observes DatabaseReady event) {
        if (tasks.begun()) {
            return;
        }
        lease.renew();
        lease.interruptDead();
        Duration renewal = settings.lease().dividedBy(RENEWALS_PER_LEASE);
        tasks.every(ENDS, "writing the ends of transfers", ledger::writeEnds);
        tasks.every(renewal, "renewing the lease of this node", lease::renew);
        tasks.every(renewal, "looking for dead nodes", lease::interruptDead);
        tasks.every(REFUSALS, "counting what strangers were refused", refusals::write);
        tasks.every(FORGOTTEN, "forgetting old counts of refusals", refusals::forget);
        tasks.every(SEALS, "sealing the ledger", transferChain::seal);
        tasks.every(ANCHORS, "anchoring the ledger", transferChain::anchor);
        tasks.every(FORGOTTEN, "sealing what nodes have left in the ledger", transferChain::sealForgotten);
        tasks.every(LOOK_BACK, "sealing what was interrupted in the ledger after a long time", transferChain::lookBack);
    }
}
