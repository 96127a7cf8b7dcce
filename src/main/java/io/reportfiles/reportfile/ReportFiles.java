package io.reportfiles.reportfile;

import io.reportfiles.access.Caller;
import io.reportfiles.access.Visibility;
import io.reportfiles.audit.AuditAction;
import io.reportfiles.audit.AuditLog;
import io.reportfiles.catalogue.Period;
import io.reportfiles.persistence.Transactions;
import io.reportfiles.web.Page;
import io.reportfiles.web.PageRequest;
import io.reportfiles.web.problem.ProblemException;
import io.reportfiles.web.problem.ProblemType;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import jakarta.persistence.TypedQuery;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Finds, lists, withdraws and restores report files. What it returns are values; no connection to the database is held
 * when a method has returned. It decides no access, except that a list shows only what its {@link Visibility} allows.
 * Any number of threads may call at once.
 */
@ApplicationScoped
public class ReportFiles {

    private EntityManager entities;
    private Transactions transactions;
    private AuditLog audit;

    /** For the client proxy. */
    protected ReportFiles() {}

    @Inject
    public ReportFiles(EntityManager entities, Transactions transactions, AuditLog audit) {
        this.entities = entities;
        this.transactions = transactions;
        this.audit = audit;
    }

    /** The report file with this id, whatever its state. One statement, outside any transaction. */
    public Optional<ReportFileDetails> find(ReportFileId id) {
        return ReportFileQueries.first(
                entities.createNamedQuery("ReportFile.find", Object[].class).setParameter("id", id.value()));
    }

    /** As {@link #find}; an id that nobody has is answered with 404. */
    public ReportFileDetails require(ReportFileId id) {
        return find(id).orElseThrow(ReportFileId::unknown);
    }

    /** The highest available version of a series. */
    public Optional<ReportFileDetails> findLatest(String organisation, Period period, String section) {
        return ReportFileQueries.first(series(
                entities.createNamedQuery("ReportFile.findLatest", Object[].class), organisation, period, section));
    }

    /** One version of a series, be it available or withdrawn. */
    public Optional<ReportFileDetails> findVersion(String organisation, Period period, String section, int version) {
        return ReportFileQueries.first(series(
                        entities.createNamedQuery("ReportFile.findVersion", Object[].class),
                        organisation,
                        period,
                        section)
                .setParameter("version", version));
    }

    /** A page of the report files that {@code query} asks for and {@code visibility} allows. */
    public Page<ReportFileDetails> list(ReportFileQuery query, Visibility visibility) {
        return ReportFileSearch.run(entities, query, visibility);
    }

    /** A page of the available and withdrawn versions of a file's series, the last one first. */
    public Page<ReportFileDetails> versions(ReportFileDetails file, PageRequest page) {
        ReportFileQuery query = new ReportFileQuery(
                Optional.of(file.organisation()),
                Optional.of(file.period().year()),
                Optional.of(file.period().quarter()),
                Optional.of(file.section()),
                Optional.empty(),
                Set.of(ReportFileState.AVAILABLE, ReportFileState.WITHDRAWN),
                ReportFileQuery.Versions.ALL,
                ReportFileOrder.LAST_VERSION_FIRST,
                page);
        return list(query, new Visibility.Everything());
    }

    /**
     * Takes an available file out of circulation. A withdrawn one stays as it is, without another audit event.
     *
     * @param by who withdraws it, for the audit
     * @throws ProblemException 404 for an unknown id, 409 for a file that was never available
     */
    public ReportFileDetails withdraw(ReportFileId id, Caller by) {
        return change(id, ReportFileState.WITHDRAWN, ReportFile::withdraw, AuditAction.FILE_WITHDRAWN, by);
    }

    /**
     * Puts a withdrawn file back into circulation. An available one stays as it is, without another audit event.
     *
     * @param by who restores it, for the audit
     * @throws ProblemException 404 for an unknown id, 409 for a file that was never available
     */
    public ReportFileDetails restore(ReportFileId id, Caller by) {
        return change(id, ReportFileState.AVAILABLE, ReportFile::restore, AuditAction.FILE_RESTORED, by);
    }

    private ReportFileDetails change(
            ReportFileId id, ReportFileState target, Consumer<ReportFile> verb, AuditAction action, Caller by) {
        return transactions.call(() -> {
            ReportFile file = entities.find(ReportFile.class, id.value(), LockModeType.PESSIMISTIC_WRITE);
            if (file == null) {
                throw ReportFileId.unknown();
            }
            if (!file.state().isPublished()) {
                throw new ProblemException(ProblemType.CONFLICT, "This report file was never available.");
            }
            if (file.state() != target) {
                Series series = entities.find(Series.class, file.series(), LockModeType.PESSIMISTIC_WRITE);
                verb.accept(file);
                entities.flush();
                series.makeCurrent(ReportFileQueries.lastAvailableVersion(entities, series.key()));
                audit.record(action, by.name(), AuditLog.REPORT_FILE, id.toString(), file.title());
            }
            return file.details(ReportFileQueries.regionOf(entities, file.series()));
        });
    }

    private static TypedQuery<Object[]> series(
            TypedQuery<Object[]> query, String organisation, Period period, String section) {
        return ReportFileQueries.setSeries(query, new SeriesKey(organisation, period, section));
    }
}
