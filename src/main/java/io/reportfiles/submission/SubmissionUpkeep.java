package io.reportfiles.submission;

import io.reportfiles.config.SubmissionSettings;
import io.reportfiles.persistence.DatabaseReady;
import io.reportfiles.persistence.PeriodicTasks;
import io.reportfiles.reportfile.KeyedSubmissions;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;

/** The tasks that recur: renewing leases, cleaning up where nobody does, forgetting keys. */
@ApplicationScoped
class SubmissionUpkeep {

    /** So that a renewal may fail twice before the lease is lost. */
    private static final int RENEWALS_PER_LEASE = 4;

    private PeriodicTasks tasks;
    private RunningSubmissions running;
    private AbandonedSubmissions abandoned;
    private KeyedSubmissions submissions;
    private SubmissionSettings settings;

    /** For the client proxy. */
    protected SubmissionUpkeep() {}

    @Inject
    SubmissionUpkeep(
            PeriodicTasks tasks,
            RunningSubmissions running,
            AbandonedSubmissions abandoned,
            KeyedSubmissions submissions,
            SubmissionSettings settings) {
        this.tasks = tasks;
        this.running = running;
        this.abandoned = abandoned;
        this.submissions = submissions;
        this.settings = settings;
    }

    synchronized void start(@Observes DatabaseReady event) {
        if (tasks.begun()) {
            return;
        }
        tasks.every(
                settings.lease().dividedBy(RENEWALS_PER_LEASE),
                "renewing the leases of submissions",
                running::renewLeases);
        tasks.every(settings.cleanupInterval(), "cleaning up after submissions", abandoned::cleanUp);
        tasks.every(settings.cleanupInterval(), "forgetting idempotency keys", submissions::forgetKeys);
    }
}
