package io.reportfiles.reconcile;

import io.reportfiles.audit.AuditLog;
import io.reportfiles.config.ReconciliationSettings;
import io.reportfiles.config.ReconciliationSettings.UnknownObjects;
import io.reportfiles.config.SubmissionSettings;
import io.reportfiles.ledger.OneNode;
import io.reportfiles.persistence.Transactions;
import io.reportfiles.reconcile.Reconciliations.Condition;
import io.reportfiles.reportfile.KnownObjects;
import io.reportfiles.reportfile.Submissions;
import io.reportfiles.storage.ObjectInventory;
import io.reportfiles.storage.ObjectKeys;
import io.reportfiles.storage.ObjectStore;
import io.reportfiles.submission.DirectSubmissions;
import io.reportfiles.web.PageRequest;
import jakarta.persistence.EntityManager;
import java.time.Clock;
import java.util.List;

/** The application's own reconciler without an application server around it. */
public final class DirectReconciler {

    private final Reconciliations runs;
    private final Reconciler reconciler;

    /**
     * What a run came to.
     *
     * @param counts how much was looked at
     * @param findings the first of what was found, as text
     * @param state {@code FINISHED} or {@code FAILED}
     */
    public record Result(Counts counts, List<String> findings, String state) {}

    /** Over a database and a store. */
    public DirectReconciler(
            EntityManager entities,
            Transactions transactions,
            ObjectStore store,
            ObjectInventory inventory,
            ReconciliationSettings settings,
            SubmissionSettings submissionSettings,
            Clock clock) {
        AuditLog audit = new AuditLog(entities, clock);
        Submissions submissions = new Submissions(entities, transactions, audit, new OneNode(), clock);
        KnownObjects rows = new KnownObjects(entities, transactions);
        DirectSubmissions uploads = new DirectSubmissions(entities, transactions, store, submissionSettings, clock);
        Remover remover = new Remover(inventory, uploads.abandoned(), audit, transactions);
        runs = new Reconciliations(entities, transactions, audit, submissionSettings, clock);
        reconciler = new Reconciler(
                runs,
                new RowCheck(submissions, rows, inventory, remover),
                new BucketCheck(inventory, rows, remover, new ObjectKeys("files"), settings),
                settings,
                clock);
    }

    /** Runs as if by hand. */
    public Result run(boolean dryRun) {
        return run(new Mode("tester", dryRun, UnknownObjects.REMOVE));
    }

    Result run(Mode mode) {
        Run run = reconciler.begin(mode, Condition.FREE).orElseThrow();
        reconciler.carryOut(run);
        ReconciliationDetails row = runs.find(run.id()).orElseThrow();
        List<String> findings = runs.findings(run.id(), new PageRequest(1, PageRequest.MAX_SIZE)).items().stream()
                .map(finding -> "%s %s".formatted(finding.kind(), finding.action()))
                .sorted()
                .toList();
        return new Result(row.counts(), findings, row.state());
    }

    Reconciliations runs() {
        return runs;
    }

    Reconciler reconciler() {
        return reconciler;
    }
}
