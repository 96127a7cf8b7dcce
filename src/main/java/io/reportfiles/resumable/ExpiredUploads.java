package io.reportfiles.resumable;

import io.reportfiles.config.SubmissionSettings;
import io.reportfiles.persistence.Chores;
import io.reportfiles.persistence.DatabaseReady;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;

/**
 * Forgets uploads whose time is over. What they left in the store is removed where it is for every submission that comes
 * to nothing: the lease of their report files ends with them.
 */
@ApplicationScoped
class ExpiredUploads {

    private static final Logger LOG = System.getLogger(ExpiredUploads.class.getName());

    private Chores chores;
    private ResumableUploads uploads;
    private SubmissionSettings settings;

    /** For the client proxy. */
    protected ExpiredUploads() {}

    @Inject
    ExpiredUploads(Chores chores, ResumableUploads uploads, SubmissionSettings settings) {
        this.chores = chores;
        this.uploads = uploads;
        this.settings = settings;
    }

    synchronized void start(@Observes DatabaseReady event) {
        if (!chores.begun()) {
            chores.every(settings.cleanupInterval(), "forgetting expired uploads", this::forget);
        }
    }

    private void forget() {
        int count = uploads.removeExpired();
        if (count > 0) {
            LOG.log(Level.INFO, "forgot {0} expired uploads", count);
        }
    }
}
