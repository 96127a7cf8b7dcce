package io.reportfiles.reconcile;

import io.reportfiles.config.ReconciliationSettings;
import io.reportfiles.persistence.DatabaseReady;
import io.reportfiles.persistence.PeriodicTasks;
import io.reportfiles.reconcile.Reconciliations.Condition;
import jakarta.annotation.Resource;
import jakarta.enterprise.concurrent.ManagedExecutorService;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.time.Duration;

/** Looks on each node whether a run is due, and has the node that sees it first carry it out. */
@ApplicationScoped
class ReconciliationSchedule {

    private static final Duration LONGEST_WAIT = Duration.ofMinutes(1);

    @Resource
    private ManagedExecutorService executor;

    private PeriodicTasks tasks;
    private Reconciler reconciler;
    private ReconciliationSettings settings;

    /** For the client proxy. */
    protected ReconciliationSchedule() {}

    @Inject
    ReconciliationSchedule(PeriodicTasks tasks, Reconciler reconciler, ReconciliationSettings settings) {
        this.tasks = tasks;
        this.reconciler = reconciler;
        this.settings = settings;
    }

    synchronized void start(@Observes DatabaseReady event) {
        if (tasks.begun()) {
            return;
        }
        Duration wait = settings.interval().compareTo(LONGEST_WAIT) < 0 ? settings.interval() : LONGEST_WAIT;
        tasks.every(wait, "looking whether a comparison is due", this::runWhenDue);
    }

    private void runWhenDue() {
        var unused =
                reconciler.start(new Mode(Mode.SCHEDULE, false, settings.unknownObjects()), Condition.DUE, executor);
    }
}
