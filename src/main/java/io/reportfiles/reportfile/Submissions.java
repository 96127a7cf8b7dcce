package io.reportfiles.reportfile;

import io.reportfiles.audit.AuditAction;
import io.reportfiles.audit.AuditLog;
import io.reportfiles.ledger.Nodes;
import io.reportfiles.persistence.Transactions;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import jakarta.persistence.PersistenceException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * The life of a report file from reservation to availability. Each method is one or two short transactions of its own;
 * none may be called inside another. Any number of threads and nodes may call at once.
 *
 * <p>A reservation carries a lease: while its bytes come, the submission renews it, and one that ran out belongs to
 * whoever {@linkplain #abandoned cleans up}. Whatever {@linkplain #fail failed} stays failed.
 */
@ApplicationScoped
public class Submissions {

    private static final int RENEWED_AT_ONCE = 500;

    private EntityManager entities;
    private Transactions transactions;
    private AuditLog audit;
    private Nodes nodes;
    private Clock clock;

    /** For the client proxy. */
    protected Submissions() {}

    @Inject
    public Submissions(EntityManager entities, Transactions transactions, AuditLog audit, Nodes nodes, Clock clock) {
        this.entities = entities;
        this.transactions = transactions;
        this.audit = audit;
        this.nodes = nodes;
        this.clock = clock;
    }

    /**
     * Reserves a report file in state {@link ReportFileState#RECEIVING} and commits that, so that whatever is stored
     * under the key from now on is known and can be cleaned up.
     *
     * @throws PersistenceException if organisation, section or account do not exist
     */
    public ReportFileId reserve(NewSubmission submission) {
        ReportFile file = create(submission);
        transactions.run(() -> entities.persist(file));
        return file.id();
    }

    /** Makes the row that {@link #reserve} commits. Its series is committed already. */
    ReportFile create(NewSubmission submission) {
        SeriesKey series = new SeriesKey(submission.organisation(), submission.period(), submission.section());
        createSeriesUnlessThere(series);
        return new ReportFile(ReportFileId.random(), series, submission, nodes.self(), clock.instant());
    }

    /**
     * Puts off the end of the lease.
     *
     * @return whether the submission still has its reservation; if not, its upload has to stop
     */
    public boolean renew(ReportFileId id, Instant leaseUntil) {
        return 1
                == transactions.call(() -> entities.createNamedQuery("ReportFile.renew")
                        .setParameter("id", id.value())
                        .setParameter("leaseUntil", leaseUntil)
                        .executeUpdate());
    }

    /**
     * As the other, of many at once; should some fail, the others are renewed all the same.
     *
     * @return how many still have their reservation
     */
    public int renew(Collection<ReportFileId> ids, Instant leaseUntil) {
        List<UUID> values = ids.stream().map(ReportFileId::value).toList();
        int renewed = 0;
        Optional<RuntimeException> failure = Optional.empty();
        for (int from = 0; from < values.size(); from += RENEWED_AT_ONCE) {
            List<UUID> some = values.subList(from, Math.min(values.size(), from + RENEWED_AT_ONCE));
            try {
                renewed += transactions.call(() -> entities.createNamedQuery("ReportFile.renewAll")
                        .setParameter("ids", some)
                        .setParameter("leaseUntil", leaseUntil)
                        .executeUpdate());
            } catch (RuntimeException e) {
                failure = Optional.of(e);
            }
        }
        if (failure.isPresent()) {
            throw failure.get();
        }
        return renewed;
    }

    /**
     * Makes a report file available as the next version of its series, in one transaction with its audit event. An
     * exception leaves open whether that was committed; {@link ReportFiles#find} or {@link #fail} tell.
     *
     * @param stored what the store confirmed
     * @return the file as it stands now; empty if it had lost its reservation, and nothing changed
     */
    public Optional<ReportFileDetails> complete(ReportFileId id, StoredFile stored) {
        return transactions.call(() -> {
            ReportFile file = entities.find(ReportFile.class, id.value(), LockModeType.PESSIMISTIC_WRITE);
            if (file == null || file.state() != ReportFileState.RECEIVING) {
                return Optional.empty();
            }
            // Locked until the commit: versions of one series are numbered one after the other.
            Series series = entities.find(Series.class, file.series(), LockModeType.PESSIMISTIC_WRITE);
            file.complete(series.addVersion(), stored, clock.instant());
            record(AuditAction.FILE_SUBMITTED, file, "%d bytes, SHA-256 %s".formatted(stored.size(), stored.sha256()));
            return Optional.of(file.details(ReportFileQueries.regionOf(entities, file.series())));
        });
    }

    /**
     * Gives a submission up: its file can't become available any more. Traces of it in the store are owed a clean-up
     * from then on, until {@link #cleaned}; again so when it had failed and was cleaned before, since a node that paused
     * past its lease may have stored something meanwhile.
     *
     * @param reason one sentence for administrators; cut after 500 characters
     * @param leaseEnd until when the store may still apply what it was asked before: nobody else cleans up earlier
     * @return false if the file has become available; true if it has failed, now or before, or was never reserved
     */
    public boolean fail(ReportFileId id, String reason, Instant leaseEnd) {
        return transactions.call(() -> {
            ReportFile file = entities.find(ReportFile.class, id.value(), LockModeType.PESSIMISTIC_WRITE);
            if (file == null) {
                return true;
            }
            if (file.state() == ReportFileState.RECEIVING) {
                record(AuditAction.SUBMISSION_FAILED, file, reason);
            }
            return file.fail(reason, leaseEnd);
        });
    }

    /**
     * As {@link #fail}, for somebody who cleans up and has to be sure that nobody else is at it: a submission whose lease
     * was renewed meanwhile goes on.
     *
     * @param now when the lease has to have run out
     * @return whether the file has failed, now or before
     */
    public boolean expire(ReportFileId id, Instant now) {
        return transactions.call(() -> {
            ReportFile file = entities.find(ReportFile.class, id.value(), LockModeType.PESSIMISTIC_WRITE);
            if (file == null) {
                return false;
            }
            boolean received = file.state() == ReportFileState.RECEIVING;
            boolean failed = file.expire(now);
            if (received && failed) {
                record(AuditAction.SUBMISSION_FAILED, file, ReportFile.EXPIRED);
            }
            return failed;
        });
    }

    /**
     * Notes that nothing of a failed submission is left in the store, unless it has failed again meanwhile: then more may
     * have come there.
     *
     * @param debt the {@code leaseEnd} that it failed with, when the clean-up began
     */
    public void cleaned(ReportFileId id, Instant debt) {
        transactions.run(() -> entities.createNamedQuery("ReportFile.cleaned")
                .setParameter("id", id.value())
                .setParameter("debt", debt)
                .executeUpdate());
    }

    /**
     * Submissions that may have left traces in the store: the lease ran out, and they did not end or were not
     * cleaned after a failure. Whoever cleans up lets each {@link #expire} first, so that it can't become available meanwhile.
     *
     * @param skip how many of the oldest to leave out
     * @param limit how many to return at most, the oldest first
     */
    public List<ExpiredSubmission> abandoned(Instant now, int skip, int limit) {
        // In a transaction, since Payara does not survive another use of the EntityManager in a recurring task.
        return transactions.call(() -> entities
                .createNamedQuery("ReportFile.abandoned", ReportFile.class)
                .setParameter("now", now)
                .setFirstResult(skip)
                .setMaxResults(limit)
                .getResultList()
                .stream()
                .map(ReportFile::abandoned)
                .toList());
    }

    void record(AuditAction action, ReportFile file, String outcome) {
        Duration duration = Duration.between(file.reservedAt(), clock.instant());
        audit.record(
                action,
                file.submittedBy(),
                AuditLog.REPORT_FILE,
                file.id().toString(),
                "%s: %s, after %d ms".formatted(file.title(), outcome, duration.toMillis()));
    }

    /** In a transaction of its own, since the other of two that create the same series at once fails. */
    private void createSeriesUnlessThere(SeriesKey key) {
        if (exists(key)) {
            return;
        }
        try {
            transactions.run(() -> entities.persist(new Series(key)));
        } catch (RuntimeException e) { // what a failed commit looks like differs between servers
            if (!exists(key)) {
                throw e;
            }
        }
    }

    private boolean exists(SeriesKey key) {
        return entities.find(Series.class, key) != null;
    }
}
