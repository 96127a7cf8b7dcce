package io.reportfiles.reconcile;

import io.reportfiles.audit.AuditAction;
import io.reportfiles.audit.AuditLog;
import io.reportfiles.persistence.Transactions;
import io.reportfiles.reportfile.ExpiredSubmission;
import io.reportfiles.storage.ListedObject;
import io.reportfiles.storage.ListedUpload;
import io.reportfiles.storage.ObjectInventory;
import io.reportfiles.storage.ObjectStoreException;
import io.reportfiles.submission.AbandonedSubmissions;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.Optional;

/** Removes what was found, unless the run is a dry one, and notes each removal in the audit. */
@ApplicationScoped
class Remover {

    private static final Logger LOG = System.getLogger(Remover.class.getName());
    private static final String OBJECT = "object";

    private ObjectInventory inventory;
    private AbandonedSubmissions submissions;
    private AuditLog audit;
    private Transactions transactions;

    /** For the client proxy. */
    protected Remover() {}

    @Inject
    Remover(ObjectInventory inventory, AbandonedSubmissions submissions, AuditLog audit, Transactions transactions) {
        this.inventory = inventory;
        this.submissions = submissions;
        this.audit = audit;
        this.transactions = transactions;
    }

    /** What is done to the store. */
    private interface Removal {

        /** Says whether it was necessary. */
        boolean run() throws ObjectStoreException;
    }

    /**
     * Removes a version or a mark.
     *
     * @return what came of it
     * @throws ObjectStoreException if the store does not answer, and would not answer the next request either
     */
    FindingAction remove(Run run, ListedObject object, String why) throws ObjectStoreException {
        return remove(run, AuditAction.OBJECT_REMOVED, object.key(), why, () -> {
                    inventory.remove(object);
                    return true;
                })
                .orElseThrow();
    }

    /** Gives up an upload; result and failures are those of {@link #remove}. */
    FindingAction abort(Run run, ListedUpload upload, String why) throws ObjectStoreException {
        return remove(run, AuditAction.UPLOAD_ABORTED, upload.key(), why, () -> {
                    inventory.abort(upload);
                    return true;
                })
                .orElseThrow();
    }

    /** Cleans up behind a submission; as {@link #remove}, but empty if it turns out to be alive. */
    Optional<FindingAction> cleanUp(Run run, ExpiredSubmission submission, String why) throws ObjectStoreException {
        return remove(
                run,
                AuditAction.OBJECT_REMOVED,
                submission.key().value(),
                why,
                () -> submissions.cleanUp(submission, run.now()));
    }

    private Optional<FindingAction> remove(Run run, AuditAction action, String key, String why, Removal removal)
            throws ObjectStoreException {
        if (run.mode().dryRun()) {
            return Optional.of(FindingAction.WOULD_REMOVE);
        }
        try {
            if (!removal.run()) {
                return Optional.empty();
            }
        } catch (ObjectStoreException e) {
            if (e.mayPass()) {
                throw e;
            }
            LOG.log(Level.WARNING, () -> "can't remove %s: %s".formatted(key, e.getMessage()));
            return Optional.of(FindingAction.FAILED);
        }
        transactions.run(() -> audit.record(action, run.mode().startedBy(), OBJECT, key, why));
        return Optional.of(FindingAction.REMOVED);
    }
}
