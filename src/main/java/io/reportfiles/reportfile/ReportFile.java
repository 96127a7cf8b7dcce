package io.reportfiles.reportfile;

import io.reportfiles.access.Scope;
import io.reportfiles.persistence.ColumnText;
import io.reportfiles.persistence.LikePattern;
import jakarta.persistence.Column;
import jakarta.persistence.Embedded;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.NamedQuery;
import jakarta.persistence.Table;
import jakarta.persistence.Version;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Predicate;

/** One version of a report; immutable once available, apart from its state. */
@Entity
@Table(name = "report_file")
@NamedQuery(name = "ReportFile.find", query = """
                select f, o.regionCode from ReportFile f, Organisation o
                where o.code = f.series.organisation and f.id = :id""")
@NamedQuery(name = "ReportFile.findLatest", query = """
                select f, o.regionCode from ReportFile f, Organisation o, Series s
                where o.code = :organisation
                and s.key.organisation = :organisation and s.key.year = :year
                and s.key.quarter = :quarter and s.key.section = :section
                and f.series.organisation = :organisation and f.series.year = :year
                and f.series.quarter = :quarter and f.series.section = :section
                and f.version = s.currentVersion""")
@NamedQuery(name = "ReportFile.findVersion", query = """
                select f, o.regionCode from ReportFile f, Organisation o
                where o.code = :organisation
                and f.series.organisation = :organisation and f.series.year = :year
                and f.series.quarter = :quarter and f.series.section = :section
                and f.version = :version""")
@NamedQuery(name = "ReportFile.lastAvailableVersion", query = """
                select max(f.version) from ReportFile f
                where f.series.organisation = :organisation and f.series.year = :year
                and f.series.quarter = :quarter and f.series.section = :section
                and f.state = io.reportfiles.reportfile.ReportFileState.AVAILABLE""")
@NamedQuery(name = "ReportFile.renew", query = """
                update ReportFile f set f.leaseUntil = :leaseUntil
                where f.id = :id and f.state = io.reportfiles.reportfile.ReportFileState.RECEIVING""")
@NamedQuery(name = "ReportFile.renewAll", query = """
                update ReportFile f set f.leaseUntil = :leaseUntil
                where f.id in :ids and f.state = io.reportfiles.reportfile.ReportFileState.RECEIVING""")
@NamedQuery(name = "ReportFile.cleaned", query = """
                update ReportFile f set f.cleanupOwed = false
                where f.id = :id and f.state = io.reportfiles.reportfile.ReportFileState.FAILED
                and f.leaseUntil = :debt""")
@NamedQuery(name = "ReportFile.findByKey", query = """
                select f, o.regionCode from ReportFile f, Organisation o
                where o.code = f.series.organisation and f.submitterId = :account
                and f.idempotencyKey = :key and f.idempotentUntil > :now
                and f.state <> io.reportfiles.reportfile.ReportFileState.FAILED""")
@NamedQuery(name = "ReportFile.releaseKey", query = """
                update ReportFile f set f.idempotencyKey = null, f.idempotentUntil = null
                where f.submitterId = :account and f.idempotencyKey = :key
                and (f.idempotentUntil <= :now or f.state = io.reportfiles.reportfile.ReportFileState.FAILED)""")
@NamedQuery(name = "ReportFile.forgetKeys", query = """
                update ReportFile f set f.idempotencyKey = null, f.idempotentUntil = null
                where f.idempotentUntil <= :now""")
@NamedQuery(name = "ReportFile.abandoned", query = """
                select f from ReportFile f
                where f.leaseUntil < :now and (f.state = io.reportfiles.reportfile.ReportFileState.RECEIVING
                or f.state = io.reportfiles.reportfile.ReportFileState.FAILED and f.cleanupOwed = true)
                order by f.reservedAt, f.id""")
@NamedQuery(name = "ReportFile.findByObjectKeys", query = "select f from ReportFile f where f.stored.key in :keys")
@NamedQuery(name = "ReportFile.published", query = """
                select f from ReportFile f
                where f.state in (io.reportfiles.reportfile.ReportFileState.AVAILABLE,
                io.reportfiles.reportfile.ReportFileState.WITHDRAWN)
                order by f.id""")
@NamedQuery(name = "ReportFile.publishedAfter", query = """
                select f from ReportFile f
                where f.state in (io.reportfiles.reportfile.ReportFileState.AVAILABLE,
                io.reportfiles.reportfile.ReportFileState.WITHDRAWN) and f.id > :after
                order by f.id""")
class ReportFile {

    static final String EXPIRED =
            "Its bytes stopped coming: the node that received them is gone, or was cut off from the database.";

    private static final int MAX_FAILURE = 500;

    @Id
    @Column(name = "id", updatable = false)
    private UUID id;

    @Embedded
    private SeriesKey series;

    @Column(name = "version_number")
    private Integer version; // null: not yet available

    @Enumerated(EnumType.STRING)
    @Column(name = "state")
    private ReportFileState state;

    @Column(name = "filename", updatable = false)
    private String filename;

    @Column(name = "filename_folded", updatable = false)
    private String filenameFolded;

    @Column(name = "content_type", updatable = false)
    private String contentType;

    @Embedded
    private StoredFileColumns stored;

    @Column(name = "submitter_id", updatable = false)
    private UUID submitterId;

    @Column(name = "submitted_by", updatable = false)
    private String submittedBy;

    @Column(name = "reserved_at", updatable = false)
    private Instant reservedAt;

    @Column(name = "submitted_at")
    private Instant submittedAt;

    @Column(name = "lease_until")
    private Instant leaseUntil;

    @Column(name = "cleanup_owed")
    private boolean cleanupOwed;

    @Column(name = "damaged_at")
    private Instant damagedAt; // null: not known to be

    @Column(name = "failure")
    private String failure; // null: none

    @Column(name = "node_id", updatable = false)
    private UUID nodeId;

    @Column(name = "idempotency_key")
    private String idempotencyKey; // null: none, or free again

    @Column(name = "idempotent_until")
    private Instant idempotentUntil; // null as the key

    @Version
    @Column(name = "row_version")
    private int rowVersion;

    protected ReportFile() {}

    ReportFile(ReportFileId id, SeriesKey series, NewSubmission submission, UUID node, Instant now) {
        this.id = id.value();
        this.series = series;
        state = ReportFileState.RECEIVING;
        filename = submission.filename();
        filenameFolded = LikePattern.fold(filename);
        contentType = submission.contentType();
        stored = new StoredFileColumns(submission.key());
        submitterId = submission.submitter().accountId();
        submittedBy = submission.submitter().name();
        nodeId = node;
        reservedAt = now;
        submittedAt = now;
        leaseUntil = submission.leaseUntil();
    }

    /** Lets the account's next submission with that key be known as a repetition of this one. */
    void claim(IdempotencyKey key, Instant until) {
        idempotencyKey = key.value();
        idempotentUntil = until;
    }

    void complete(int newVersion, StoredFile bytes, Instant now) {
        require(ReportFileState.RECEIVING);
        state = ReportFileState.AVAILABLE;
        version = newVersion;
        stored.confirm(bytes);
        submittedAt = now;
    }

    /**
     * Whether the file has failed, now or before; one that was published does not fail any more. Failing again owes
     * another clean-up, due at {@code leaseEnd}: whoever does so may have stored something after the first.
     */
    boolean fail(String reason, Instant leaseEnd) {
        if (state == ReportFileState.RECEIVING) {
            state = ReportFileState.FAILED;
            failure = ColumnText.cut(reason, MAX_FAILURE);
        }
        if (state != ReportFileState.FAILED) {
            return false;
        }
        cleanupOwed = true;
        leaseUntil = leaseEnd;
        return true;
    }

    /** Whether the file has failed, before or now that its lease has run out. */
    boolean expire(Instant now) {
        if (state == ReportFileState.RECEIVING && leaseUntil.isBefore(now)) {
            fail(EXPIRED, leaseUntil);
        }
        return state == ReportFileState.FAILED;
    }

    /** Whether the file fails since the node that received it has left it. */
    boolean endOrphaned(Predicate<UUID> hasLeft) {
        return state == ReportFileState.RECEIVING && hasLeft.test(nodeId) && fail(EXPIRED, leaseUntil);
    }

    void withdraw() {
        require(ReportFileState.AVAILABLE);
        state = ReportFileState.WITHDRAWN;
    }

    void restore() {
        require(ReportFileState.WITHDRAWN);
        state = ReportFileState.AVAILABLE;
    }

    /** Notes that its bytes were found to be other than recorded, unless that is known. */
    boolean damage(Instant now) {
        if (damagedAt != null) {
            return false;
        }
        damagedAt = now;
        return true;
    }

    /** Notes that its bytes were found to be as recorded, unless nothing else was known. */
    boolean clearDamage() {
        boolean wasDamaged = damagedAt != null;
        damagedAt = null;
        return wasDamaged;
    }

    ReportFileId id() {
        return new ReportFileId(id);
    }

    SeriesKey series() {
        return series;
    }

    ReportFileState state() {
        return state;
    }

    Instant reservedAt() {
        return reservedAt;
    }

    String submittedBy() {
        return submittedBy;
    }

    /** What a person calls it: the series, with the version of a published file. */
    String title() {
        return version == null ? series.toString() : "%s v%d".formatted(series, version);
    }

    ExpiredSubmission abandoned() {
        return new ExpiredSubmission(id(), stored.key(), leaseUntil);
    }

    KnownObject known() {
        return new KnownObject(id(), stored.key(), state, stored.value(), cleanupOwed);
    }

    /**
     * The values that leave the transaction.
     *
     * @param region of the organisation, which is not in the file's row
     */
    ReportFileDetails details(Optional<String> region) {
        return new ReportFileDetails(
                id(),
                new Scope.OfOrganisation(series.organisation(), region),
                series.period(),
                series.section(),
                Optional.ofNullable(version),
                state,
                filename,
                contentType,
                stored.value(),
                Optional.ofNullable(damagedAt),
                submittedAt,
                submittedBy);
    }

    private void require(ReportFileState expected) {
        if (state != expected) {
            throw new IllegalStateException("%s is %s (expected %s)".formatted(id, state, expected));
        }
    }
}
