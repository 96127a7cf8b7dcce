package io.reportfiles.reconcile;

import io.reportfiles.config.ReconciliationSettings;
import io.reportfiles.persistence.DatabaseReady;
import io.reportfiles.reconcile.Reconciliations.Condition;
import jakarta.annotation.PreDestroy;
import jakarta.annotation.Resource;
import jakarta.enterprise.concurrent.ManagedScheduledExecutorService;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/** Looks on each node whether a run is due, and has the node that sees it first carry it out. */
@ApplicationScoped
class ReconciliationSchedule {

    private static final Logger LOG = System.getLogger(ReconciliationSchedule.class.getName());
    private static final Duration LONGEST_WAIT = Duration.ofMinutes(1);

    @Resource
    private ManagedScheduledExecutorService executor;

    private Reconciler reconciler;
    private ReconciliationSettings settings;
    private Optional<Future<?>> chore = Optional.empty();

    /** For the client proxy. */
    protected ReconciliationSchedule() {}

    @Inject
    ReconciliationSchedule(Reconciler reconciler, ReconciliationSettings settings) {
        this.reconciler = reconciler;
        this.settings = settings;
    }

    /** Begins, once only: the event may come again. */
    synchronized void start(@Observes DatabaseReady event) {
        if (chore.isPresent()) {
            return;
        }
        Duration wait = settings.interval().compareTo(LONGEST_WAIT) < 0 ? settings.interval() : LONGEST_WAIT;
        chore = Optional.of(executor.scheduleWithFixedDelay(
                this::runWhenDue, wait.toMillis(), wait.toMillis(), TimeUnit.MILLISECONDS));
    }

    @PreDestroy
    synchronized void stop() {
        chore.ifPresent(running -> running.cancel(true));
    }

    /** An exception would end the recurrence. */
    private void runWhenDue() {
        try {
            reconciler
                    .begin(new Mode(Mode.SCHEDULE, false, settings.unknownObjects()), Condition.DUE)
                    .ifPresent(reconciler::carryOut);
        } catch (RuntimeException e) {
            LOG.log(Level.WARNING, "comparing bucket and database could not begin, will try again", e);
        }
    }
}
