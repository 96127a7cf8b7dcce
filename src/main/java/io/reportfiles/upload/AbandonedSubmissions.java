package io.reportfiles.upload;

import io.reportfiles.reportfile.Abandoned;
import io.reportfiles.reportfile.Submissions;
import io.reportfiles.storage.ObjectStoreException;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Clock;
import java.time.Instant;
import java.util.List;

/**
 * Cleans up after submissions that nobody brings to an end: their node died, or the store was away when they failed.
 * Several nodes may do so at once; the row decides who may, and removing twice does no harm.
 */
@ApplicationScoped
class AbandonedSubmissions {

    private static final Logger LOG = System.getLogger(AbandonedSubmissions.class.getName());
    private static final int AT_ONCE = 100;

    private Submissions submissions;
    private RunningSubmissions running;
    private Leftovers leftovers;
    private Clock clock;

    /** For the client proxy. */
    protected AbandonedSubmissions() {}

    @Inject
    AbandonedSubmissions(Submissions submissions, RunningSubmissions running, Leftovers leftovers, Clock clock) {
        this.submissions = submissions;
        this.running = running;
        this.leftovers = leftovers;
        this.clock = clock;
    }

    /** Cleans up the oldest ones; the rest has its turn next time. Stops at the first failure of the store. */
    void cleanUp() {
        Instant now = clock.instant();
        List<Abandoned> abandoned = submissions.abandoned(now, AT_ONCE);
        try {
            for (Abandoned submission : abandoned) {
                // One of this node's own may look abandoned when its lease could not be renewed for a while.
                if (!running.isRunning(submission.id()) && submissions.expire(submission.id(), now)) {
                    leftovers.remove(submission.id(), submission.key());
                    LOG.log(Level.INFO, "cleaned up after submission {0}", submission.id());
                }
            }
        } catch (ObjectStoreException e) {
            LOG.log(Level.WARNING, () -> "can't clean up after submissions now, will try again: " + e.getMessage());
        }
    }
}
