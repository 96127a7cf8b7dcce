package io.reportfiles.submission;

import io.reportfiles.reportfile.ReportFileId;
import io.reportfiles.reportfile.Submissions;
import io.reportfiles.storage.ObjectKey;
import io.reportfiles.storage.ObjectStore;
import io.reportfiles.storage.ObjectStoreException;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Instant;

/** Removes from the store what a failed submission left there. Can be repeated, and by several nodes at once. */
@ApplicationScoped
public class OrphanCleanup {

    private ObjectStore store;
    private Submissions submissions;

    /** For the client proxy. */
    protected OrphanCleanup() {}

    @Inject
    OrphanCleanup(ObjectStore store, Submissions submissions) {
        this.store = store;
        this.submissions = submissions;
    }

    /**
     * Removes every trace of the key, then notes that in the row of the submission, which has to have failed before: its
     * file can't become available any more.
     *
     * @param debt the lease end that it failed with
     * @throws ObjectStoreException if the store fails; the row still says that there may be something
     */
    public void remove(ReportFileId failed, ObjectKey key, Instant debt) throws ObjectStoreException {
        store.abandon(key);
        submissions.cleaned(failed, debt);
    }
}
