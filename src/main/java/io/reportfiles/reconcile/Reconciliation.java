package io.reportfiles.reconcile;

import io.reportfiles.persistence.ColumnText;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.NamedQuery;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/** One comparison of bucket and database. */
@Entity
@Table(name = "reconciliation")
@NamedQuery(name = "Reconciliation.giveUp", query = """
                update Reconciliation r
                set r.state = io.reportfiles.reconcile.Reconciliation.State.FAILED, r.endedAt = :now, r.failure = :failure
                where r.state = io.reportfiles.reconcile.Reconciliation.State.RUNNING""")
@NamedQuery(name = "Reconciliation.ids", query = "select r.id from Reconciliation r order by r.startedAt desc, r.id")
@NamedQuery(name = "Reconciliation.delete", query = "delete from Reconciliation r where r.id in :ids")
class Reconciliation {

    private static final int MAX_FAILURE = 500;

    /** Where a run is. */
    enum State {
        RUNNING,
        FINISHED,
        FAILED
    }

    @Id
    @Column(name = "id")
    private UUID id;

    @Column(name = "started_at")
    private Instant startedAt;

    @Column(name = "ended_at")
    private Instant endedAt; // null: not known to have ended

    @Column(name = "started_by")
    private String startedBy;

    @Column(name = "dry_run")
    private boolean dryRun;

    @Enumerated(EnumType.STRING)
    @Column(name = "state")
    private State state;

    @Column(name = "objects")
    private long objects;

    @Column(name = "foreign_objects")
    private long foreignObjects;

    @Column(name = "uploads")
    private long uploads;

    @Column(name = "files")
    private long files;

    @Column(name = "findings")
    private long findings;

    @Column(name = "removed")
    private long removed;

    @Column(name = "failure")
    private String failure; // null: none

    protected Reconciliation() {}

    Reconciliation(UUID id, Mode mode, Instant now) {
        this.id = id;
        startedAt = now;
        startedBy = mode.startedBy();
        dryRun = mode.dryRun();
        state = State.RUNNING;
    }

    void count(Counts counts) {
        objects = counts.objects();
        foreignObjects = counts.foreignObjects();
        uploads = counts.uploads();
        files = counts.files();
        findings = counts.findings();
        removed = counts.removed();
    }

    void end(Optional<String> reason, Instant now) {
        state = reason.isPresent() ? State.FAILED : State.FINISHED;
        failure = reason.map(text -> ColumnText.cut(text, MAX_FAILURE)).orElse(null);
        endedAt = now;
    }

    ReconciliationDetails details() {
        return new ReconciliationDetails(
                id,
                startedAt,
                Optional.ofNullable(endedAt),
                startedBy,
                dryRun,
                state.name(),
                new Counts(objects, foreignObjects, uploads, files, findings, removed),
                Optional.ofNullable(failure));
    }
}
