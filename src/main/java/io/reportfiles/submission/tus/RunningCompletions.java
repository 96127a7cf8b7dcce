package io.reportfiles.submission.tus;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The uploads that this node is making report files of. They stay with it by the clock: while the store puts an object
 * together, or a scanner thinks, no byte comes that would tell that somebody is at it. Safe for any number of threads.
 */
@ApplicationScoped
class RunningCompletions {

    private static final Logger LOG = System.getLogger(RunningCompletions.class.getName());

    private final Set<UploadLock> running = ConcurrentHashMap.newKeySet();

    private ResumableUploads uploads;

    /** For the client proxy. */
    protected RunningCompletions() {}

    @Inject
    RunningCompletions(ResumableUploads uploads) {
        this.uploads = uploads;
    }

    /** Keeps an upload from now on. */
    void begin(UploadLock hold) {
        running.add(hold);
    }

    /** Keeps it no longer. */
    void end(UploadLock hold) {
        running.remove(hold);
    }

    /** Renews what is held; to be called several times during a lease. */
    void renew() {
        for (UploadLock hold : running) {
            if (!uploads.renew(hold) && running.contains(hold)) {
                LOG.log(
                        Level.WARNING,
                        "upload {0} was taken over while it was being completed",
                        hold.upload().id());
            }
        }
    }
}
