package io.reportfiles.operations;

import io.reportfiles.audit.AuditChain;
import io.reportfiles.ledger.TransferChain;
import io.reportfiles.ledger.TransferLedger;
import io.reportfiles.persistence.BackgroundThreads;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Seals the last rows of audit and ledger and writes the ends of both chains into the log, when the node stops. For that
 * the server has to be whole: when beans are destroyed Payara has closed its log.
 */
@ApplicationScoped
public class LastSeals {

    private static final Logger LOG = System.getLogger(LastSeals.class.getName());

    private static final Duration PATIENCE = Duration.ofSeconds(3);

    private AuditChain audit;
    private TransferLedger ledger;
    private TransferChain transfers;
    private BackgroundThreads threads;

    /** For the client proxy. */
    protected LastSeals() {}

    @Inject
    LastSeals(AuditChain audit, TransferLedger ledger, TransferChain transfers, BackgroundThreads threads) {
        this.audit = audit;
        this.ledger = ledger;
        this.transfers = transfers;
        this.threads = threads;
    }

    /** Returns when the log says so, or after some seconds. Does not fail. For any thread. */
    public void log() {
        try {
            CompletableFuture.runAsync(this::sealAndLog, threads).get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException | TimeoutException | RejectedExecutionException e) {
            LOG.log(Level.WARNING, () -> "the ends of the chains could not be written into the log: " + e);
        }
    }

    private void sealAndLog() {
        for (Runnable step : List.<Runnable>of(audit::seal, audit::logNewest, ledger::stop, transfers::logNewest)) {
            try {
                step.run();
            } catch (RuntimeException e) { // another node may have sealed at the same time
                LOG.log(Level.WARNING, () -> "not all could be sealed or written into the log: " + e);
            }
        }
    }
}
