package io.reportfiles.reconcile;

import io.reportfiles.audit.AuditAction;
import io.reportfiles.audit.AuditLog;
import io.reportfiles.config.SubmissionSettings;
import io.reportfiles.persistence.ListQuery;
import io.reportfiles.persistence.Transactions;
import io.reportfiles.web.Page;
import io.reportfiles.web.PageRequest;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.Query;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * The runs and their lease, in the database. Each method is a short transaction of its own. Any number of threads and
 * nodes may call at once; of those that want to begin, one may.
 */
@ApplicationScoped
class Reconciliations {

    private static final String TASK = "reconciliation";
    private static final int KEPT_RUNS = 50;

    /** So that a renewal may fail twice before the lease is lost. */
    private static final int RENEWALS_PER_LEASE = 4;

    /** So that who watches a run sees it go on. */
    private static final Duration LONGEST_SAVE_INTERVAL = Duration.ofSeconds(5);

    private EntityManager entities;
    private Transactions transactions;
    private AuditLog audit;
    private SubmissionSettings settings;
    private Clock clock;

    /** For the client proxy. */
    protected Reconciliations() {}

    @Inject
    Reconciliations(
            EntityManager entities,
            Transactions transactions,
            AuditLog audit,
            SubmissionSettings settings,
            Clock clock) {
        this.entities = entities;
        this.transactions = transactions;
        this.audit = audit;
        this.settings = settings;
        this.clock = clock;
    }

    /** When a run may begin. */
    enum Condition {
        /** When no other goes on. */
        FREE("TaskLease.take"),
        /** When, besides, it is time for one. */
        DUE("TaskLease.takeWhenDue");

        private final String query;

        Condition(String query) {
            this.query = query;
        }
    }

    /**
     * Begins a run: takes the lease, and notes the run, in the audit too if somebody wants it. Runs whose node died are
     * noted as failed, old ones forgotten.
     *
     * @return the run's id, which is the lease's holder; empty if there must not be one now
     */
    Optional<UUID> begin(Mode mode, Condition condition) {
        UUID id = UUID.randomUUID();
        Instant now = clock.instant();
        return transactions.call(() -> {
            int taken = lease(condition.query, id)
                    .setParameter("until", now.plus(settings.lease()))
                    .setParameter("now", now)
                    .executeUpdate();
            if (taken == 0) {
                return Optional.empty();
            }
            entities.createNamedQuery("Reconciliation.giveUp")
                    .setParameter("now", now)
                    .setParameter("failure", "Its node has ended.")
                    .executeUpdate();
            forgetOld();
            entities.persist(new Reconciliation(id, mode, now));
            if (!mode.startedBy().equals(Mode.SCHEDULE)) {
                audit.record(
                        AuditAction.RECONCILIATION_STARTED,
                        mode.startedBy(),
                        "reconciliation",
                        id.toString(),
                        mode.dryRun() ? "dry run" : "");
            }
            return Optional.of(id);
        });
    }

    /** After what time a run wants its {@link #progress} noted, so that it keeps its lease. */
    Duration saveInterval() {
        Duration renewal = settings.lease().dividedBy(RENEWALS_PER_LEASE);
        return renewal.compareTo(LONGEST_SAVE_INTERVAL) < 0 ? renewal : LONGEST_SAVE_INTERVAL;
    }

    /**
     * Notes how far a run is, and keeps its lease.
     *
     * @return whether it still has that; if not, it has to stop
     */
    boolean progress(Run run) {
        Instant now = clock.instant();
        List<Finding> unsaved = run.unsaved();
        boolean kept = transactions.call(() -> {
            int leases = lease("TaskLease.renew", run.id())
                    .setParameter("until", now.plus(settings.lease()))
                    .executeUpdate();
            save(run, unsaved);
            return leases == 1;
        });
        run.saved(unsaved.size(), now); // not before the commit: what was rolled back is saved the next time
        return kept;
    }

    /**
     * Notes the end of a run, and gives the lease back.
     *
     * @param failure why it came to no good end
     * @param nextIn when the next scheduled one is due
     */
    void end(Run run, Optional<String> failure, Duration nextIn) {
        Instant now = clock.instant();
        List<Finding> unsaved = run.unsaved();
        transactions.run(() -> {
            save(run, unsaved).ifPresent(row -> row.end(failure, now));
            lease("TaskLease.giveBack", run.id())
                    .setParameter("due", now.plus(nextIn))
                    .executeUpdate();
        });
        run.saved(unsaved.size(), now);
    }

    /** The runs, the last one first. */
    Page<ReconciliationDetails> list(PageRequest page) {
        ListQuery list = ListQuery.over("Reconciliation r");
        return Page.read(list, entities, "r", Reconciliation.class, "r.startedAt desc, r.id", page)
                .map(Reconciliation::details);
    }

    Optional<ReconciliationDetails> find(UUID id) {
        return transactions.call(() ->
                Optional.ofNullable(entities.find(Reconciliation.class, id)).map(Reconciliation::details));
    }

    /** What a run has found, in the order of finding. */
    Page<Finding> findings(UUID run, PageRequest page) {
        ListQuery list = ListQuery.over("ReconciliationFinding f").where("f.reconciliation = :run", "run", run);
        return Page.read(list, entities, "f", ReconciliationFinding.class, "f.position", page)
                .map(ReconciliationFinding::finding);
    }

    private Query lease(String query, UUID holder) {
        return entities.createNamedQuery(query).setParameter("name", TASK).setParameter("holder", holder.toString());
    }

    private Optional<Reconciliation> save(Run run, List<Finding> unsaved) {
        Optional<Reconciliation> row = Optional.ofNullable(entities.find(Reconciliation.class, run.id()));
        row.ifPresent(found -> found.count(run.counts()));
        long position = run.savedFindings();
        for (Finding finding : unsaved) {
            entities.persist(new ReconciliationFinding(run.id(), position, finding));
            position++;
        }
        return row;
    }

    private void forgetOld() {
        List<UUID> old = entities.createNamedQuery("Reconciliation.ids", UUID.class)
                .setFirstResult(KEPT_RUNS - 1)
                .setMaxResults(KEPT_RUNS)
                .getResultList();
        if (!old.isEmpty()) {
            entities.createNamedQuery("ReconciliationFinding.delete")
                    .setParameter("ids", old)
                    .executeUpdate();
            entities.createNamedQuery("Reconciliation.delete")
                    .setParameter("ids", old)
                    .executeUpdate();
        }
    }
}
