package io.reportfiles.reconcile;

import io.reportfiles.audit.AuditAction;
import io.reportfiles.audit.AuditLog;
import io.reportfiles.persistence.Transactions;
import io.reportfiles.storage.ListedObject;
import io.reportfiles.storage.ListedUpload;
import io.reportfiles.storage.ObjectInventory;
import io.reportfiles.storage.ObjectStoreException;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;

/** Removes what was found, unless the run is a dry one, and notes each removal in the audit. */
@ApplicationScoped
class Remover {

    private static final Logger LOG = System.getLogger(Remover.class.getName());
    private static final String OBJECT = "object";

    private ObjectInventory inventory;
    private AuditLog audit;
    private Transactions transactions;

    /** For the client proxy. */
    protected Remover() {}

    @Inject
    Remover(ObjectInventory inventory, AuditLog audit, Transactions transactions) {
        this.inventory = inventory;
        this.audit = audit;
        this.transactions = transactions;
    }

    /** What is done to the store. */
    interface Removal {
        void run() throws ObjectStoreException;
    }

    /** Removes a version or a mark. */
    FindingAction remove(Run run, ListedObject object, String why) throws ObjectStoreException {
        return remove(run, AuditAction.OBJECT_REMOVED, object.key(), why, () -> inventory.remove(object));
    }

    /** Gives up an upload. */
    FindingAction abort(Run run, ListedUpload upload, String why) throws ObjectStoreException {
        return remove(run, AuditAction.UPLOAD_ABORTED, upload.key(), why, () -> inventory.abort(upload));
    }

    /**
     * Removes something.
     *
     * @return what came of it
     * @throws ObjectStoreException if the store does not answer, and would not answer the next request either
     */
    FindingAction remove(Run run, AuditAction action, String key, String why, Removal removal)
            throws ObjectStoreException {
        if (run.mode().dryRun()) {
            return FindingAction.WOULD_REMOVE;
        }
        try {
            removal.run();
        } catch (ObjectStoreException e) {
            if (e.mayPass()) {
                throw e;
            }
            LOG.log(Level.WARNING, () -> "can't remove %s: %s".formatted(key, e.getMessage()));
            return FindingAction.FAILED;
        }
        transactions.run(() -> audit.record(action, run.mode().startedBy(), OBJECT, key, why));
        return FindingAction.REMOVED;
    }
}
