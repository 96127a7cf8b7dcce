package io.reportfiles.submission;

import io.reportfiles.reportfile.ExpiredSubmission;
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
public class AbandonedSubmissions {

    private static final Logger LOG = System.getLogger(AbandonedSubmissions.class.getName());
    private static final int AT_ONCE = 100;

    private Submissions submissions;
    private RunningSubmissions running;
    private OrphanCleanup leftovers;
    private Clock clock;

    /** For the client proxy. */
    protected AbandonedSubmissions() {}

    @Inject
    AbandonedSubmissions(Submissions submissions, RunningSubmissions running, OrphanCleanup leftovers, Clock clock) {
        this.submissions = submissions;
        this.running = running;
        this.leftovers = leftovers;
        this.clock = clock;
    }

    /**
     * Cleans up all there are, the oldest first. What the store refuses to remove is left for the next time and does not
     * keep the others waiting; where a failure of the store may pass, all that is left has its turn next time.
     */
    void cleanUp() {
        Instant now = clock.instant();
        List<ExpiredSubmission> abandoned;
        int left = 0; // these stay in front of the others
        try {
            do {
                abandoned = submissions.abandoned(now, left, AT_ONCE);
                for (ExpiredSubmission submission : abandoned) {
                    left += cleanUpUnlessRefused(submission, now) ? 0 : 1;
                }
            } while (abandoned.size() == AT_ONCE);
        } catch (ObjectStoreException e) {
            LOG.log(Level.WARNING, () -> "can't clean up after submissions now, will try again: " + e.getMessage());
        }
    }

    /**
     * Cleans up after one submission, unless it is alive.
     *
     * @param now when its lease has to have run out
     * @return whether it has failed and nothing is left of it; if not, nothing was done
     * @throws ObjectStoreException if the store fails or refuses: something may be left of it, and its row says so
     */
    public boolean cleanUp(ExpiredSubmission submission, Instant now) throws ObjectStoreException {
        // One of this node's own may look abandoned when its lease could not be renewed for a while.
        if (running.isRunning(submission.id()) || !submissions.expire(submission.id(), now)) {
            return false;
        }
        leftovers.remove(submission.id(), submission.key(), submission.debt());
        LOG.log(Level.INFO, "cleaned up after submission {0}", submission.id());
        return true;
    }

    private boolean cleanUpUnlessRefused(ExpiredSubmission submission, Instant now) throws ObjectStoreException {
        try {
            return cleanUp(submission, now);
        } catch (ObjectStoreException e) {
            if (e.mayPass()) {
                throw e;
            }
            LOG.log(
                    Level.WARNING,
                    () -> "can't clean up after submission %s, will try again: %s"
                            .formatted(submission.id(), e.getMessage()));
            return false;
        }
    }
}
