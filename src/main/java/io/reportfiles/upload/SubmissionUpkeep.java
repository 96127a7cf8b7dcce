package io.reportfiles.upload;

import io.reportfiles.config.SubmissionSettings;
import io.reportfiles.persistence.DatabaseReady;
import io.reportfiles.reportfile.Submissions;
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

/** The chores that recur: renewing leases, cleaning up where nobody does, forgetting keys. None waits for another. */
@ApplicationScoped
class SubmissionUpkeep {

    private static final Logger LOG = System.getLogger(SubmissionUpkeep.class.getName());

    /** So that a renewal may fail twice before the lease is lost. */
    private static final int RENEWALS_PER_LEASE = 4;

    private final List<Future<?>> chores = new ArrayList<>();

    @Resource
    private ManagedScheduledExecutorService executor;

    private RunningSubmissions running;
    private AbandonedSubmissions abandoned;
    private Submissions submissions;
    private SubmissionSettings settings;

    /** For the client proxy. */
    protected SubmissionUpkeep() {}

    @Inject
    SubmissionUpkeep(
            RunningSubmissions running,
            AbandonedSubmissions abandoned,
            Submissions submissions,
            SubmissionSettings settings) {
        this.running = running;
        this.abandoned = abandoned;
        this.submissions = submissions;
        this.settings = settings;
    }

    /** Begins, once only: the event may come again. */
    synchronized void start(@Observes DatabaseReady event) {
        if (!chores.isEmpty()) {
            return;
        }
        every(settings.lease().dividedBy(RENEWALS_PER_LEASE), running::renewLeases);
        every(settings.cleanupInterval(), abandoned::cleanUp);
        every(settings.cleanupInterval(), submissions::forgetKeys);
    }

    @PreDestroy
    synchronized void stop() {
        chores.forEach(chore -> chore.cancel(true));
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
            LOG.log(Level.WARNING, "upkeep of submissions failed, will try again", e);
        }
    }
}
