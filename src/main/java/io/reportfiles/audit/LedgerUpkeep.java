package io.reportfiles.audit;

import io.reportfiles.config.LedgerSettings;
import io.reportfiles.persistence.DatabaseReady;
import jakarta.annotation.PreDestroy;
import jakarta.annotation.Resource;
import jakarta.enterprise.concurrent.ManagedScheduledExecutorService;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/**
 * What recurs: writing down how transfers ended, renewing this node's lease, looking after those that ran out,
 * sealing the audit.
 */
@ApplicationScoped
class LedgerUpkeep {

    private static final Logger LOG = System.getLogger(LedgerUpkeep.class.getName());

    /** So that a renewal may fail twice before the lease is lost. */
    private static final int RENEWALS_PER_LEASE = 4;

    private static final Duration ENDS = Duration.ofMillis(100);

    private static final Duration SEALS = Duration.ofSeconds(5);

    private final List<Future<?>> chores = new ArrayList<>();

    @Resource
    private ManagedScheduledExecutorService executor;

    private TransferLedger ledger;
    private NodeLease lease;
    private AuditChain chain;
    private LedgerSettings settings;

    /** For the client proxy. */
    protected LedgerUpkeep() {}

    @Inject
    LedgerUpkeep(TransferLedger ledger, NodeLease lease, AuditChain chain, LedgerSettings settings) {
        this.ledger = ledger;
        this.lease = lease;
        this.chain = chain;
        this.settings = settings;
    }

    /** Begins, once only: the event may come again. */
    synchronized void start(@Observes DatabaseReady event) {
        if (!chores.isEmpty()) {
            return;
        }
        lease.renew();
        lease.interruptDead();
        every(ENDS, ledger::writeEnds);
        every(settings.lease().dividedBy(RENEWALS_PER_LEASE), lease::renew);
        every(settings.lease().dividedBy(RENEWALS_PER_LEASE), lease::interruptDead);
        every(SEALS, chain::seal);
    }

    @PreDestroy
    synchronized void stop() {
        chores.forEach(chore -> chore.cancel(false));
    }

    private void every(Duration interval, Runnable chore) {
        chores.add(executor.scheduleWithFixedDelay(
                () -> survived(chore), interval.toMillis(), interval.toMillis(), TimeUnit.MILLISECONDS));
    }

    /** An exception would end the recurrence. */
    private static void survived(Runnable chore) {
        try {
            chore.run();
        } catch (RuntimeException e) {
            LOG.log(Level.WARNING, "upkeep of the ledger failed, will try again: {0}", e.toString());
            LOG.log(Level.DEBUG, "upkeep of the ledger failed", e);
        }
    }
}
