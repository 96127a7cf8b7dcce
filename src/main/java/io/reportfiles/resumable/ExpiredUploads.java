package io.reportfiles.resumable;

import io.reportfiles.config.SubmissionSettings;
import io.reportfiles.persistence.DatabaseReady;
import jakarta.annotation.PreDestroy;
import jakarta.annotation.Resource;
import jakarta.enterprise.concurrent.ManagedScheduledExecutorService;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.Optional;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/**
 * Forgets uploads whose time is over. What they left in the store is removed where it is for every submission that comes
 * to nothing: the lease of their report files ends with them.
 */
@ApplicationScoped
class ExpiredUploads {

    private static final Logger LOG = System.getLogger(ExpiredUploads.class.getName());

    private Optional<Future<?>> chore = Optional.empty();

    @Resource
    private ManagedScheduledExecutorService executor;

    private ResumableUploads uploads;
    private SubmissionSettings settings;

    /** For the client proxy. */
    protected ExpiredUploads() {}

    @Inject
    ExpiredUploads(ResumableUploads uploads, SubmissionSettings settings) {
        this.uploads = uploads;
        this.settings = settings;
    }

    /** Begins, once only: the event may come again. */
    synchronized void start(@Observes DatabaseReady event) {
        if (chore.isEmpty()) {
            long interval = settings.cleanupInterval().toMillis();
            chore = Optional.of(
                    executor.scheduleWithFixedDelay(this::forget, interval, interval, TimeUnit.MILLISECONDS));
        }
    }

    @PreDestroy
    synchronized void stop() {
        chore.ifPresent(running -> running.cancel(true));
    }

    /** An exception would end the recurrence. */
    private void forget() {
        try {
            int count = uploads.removeExpired();
            if (count > 0) {
                LOG.log(Level.INFO, "forgot {0} expired uploads", count);
            }
        } catch (RuntimeException e) {
            LOG.log(Level.WARNING, "can't forget expired uploads now, will try again", e);
        }
    }
}
