package io.reportfiles.submission.tus;

import io.reportfiles.config.SubmissionSettings;
import io.reportfiles.config.TusSettings;
import io.reportfiles.persistence.DatabaseReady;
import io.reportfiles.persistence.PeriodicTasks;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;

/**
 * The tasks that recur: keeping what this node is completing, and forgetting uploads whose time is over. What these left
 * in the store is removed where it is for every submission that comes to nothing: the lease of their report files ends
 * with them.
 */
@ApplicationScoped
class UploadUpkeep {

    private static final Logger LOG = System.getLogger(UploadUpkeep.class.getName());

    private PeriodicTasks tasks;
    private RunningCompletions completions;
    private ResumableUploads uploads;
    private SubmissionSettings submissions;
    private TusSettings settings;

    /** For the client proxy. */
    protected UploadUpkeep() {}

    @Inject
    UploadUpkeep(
            PeriodicTasks tasks,
            RunningCompletions completions,
            ResumableUploads uploads,
            SubmissionSettings submissions,
            TusSettings settings) {
        this.tasks = tasks;
        this.completions = completions;
        this.uploads = uploads;
        this.submissions = submissions;
        this.settings = settings;
    }

    synchronized void start(@Observes DatabaseReady event) {
        if (tasks.begun()) {
            return;
        }
        tasks.every(
                settings.lease().dividedBy(UploadLock.RENEWALS_PER_LEASE),
                "keeping uploads that are being completed",
                completions::renew);
        tasks.every(submissions.cleanupInterval(), "forgetting expired uploads", this::forget);
    }

    private void forget() {
        int count = uploads.removeExpired();
        if (count > 0) {
            LOG.log(Level.INFO, "forgot {0} expired uploads", count);
        }
    }
}
