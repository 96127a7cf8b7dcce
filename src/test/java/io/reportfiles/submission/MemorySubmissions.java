package io.reportfiles.submission;

import io.reportfiles.access.Scope;
import io.reportfiles.reportfile.ExpiredSubmission;
import io.reportfiles.reportfile.NewSubmission;
import io.reportfiles.reportfile.ReportFileDetails;
import io.reportfiles.reportfile.ReportFileId;
import io.reportfiles.reportfile.ReportFileState;
import io.reportfiles.reportfile.StoredFile;
import io.reportfiles.reportfile.Submissions;
import jakarta.persistence.PersistenceException;
import java.time.Instant;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The rows of submissions without a database, which can be told to be away. */
final class MemorySubmissions extends Submissions {

    /** What happens to the next completion. */
    enum Completion {
        SUCCEEDS,
        FAILS,
        SUCCEEDS_UNHEARD
    }

    final Map<ReportFileId, ReportFileState> states = new LinkedHashMap<>();
    final Map<ReportFileId, NewSubmission> submissions = new LinkedHashMap<>();
    final Map<ReportFileId, Instant> leases = new LinkedHashMap<>();
    final Map<ReportFileId, ReportFileDetails> available = new LinkedHashMap<>();
    final Set<ReportFileId> owed = new HashSet<>();
    Completion completion = Completion.SUCCEEDS;
    boolean away;

    @Override
    public ReportFileId reserve(NewSubmission submission) {
        ReportFileId id = ReportFileId.random();
        states.put(id, ReportFileState.RECEIVING);
        submissions.put(id, submission);
        leases.put(id, submission.leaseUntil());
        return id;
    }

    @Override
    public boolean renew(ReportFileId id, Instant leaseUntil) {
        requireDatabase();
        return states.get(id) == ReportFileState.RECEIVING && leases.put(id, leaseUntil) != null;
    }

    @Override
    public int renew(Collection<ReportFileId> ids, Instant leaseUntil) {
        return (int) ids.stream().filter(id -> renew(id, leaseUntil)).count();
    }

    @Override
    public Optional<ReportFileDetails> complete(ReportFileId id, StoredFile stored) {
        if (completion == Completion.FAILS) {
            throw new PersistenceException("rolled back");
        }
        if (states.get(id) != ReportFileState.RECEIVING) {
            return Optional.empty();
        }
        states.put(id, ReportFileState.AVAILABLE);
        available.put(id, details(id, stored));
        if (completion == Completion.SUCCEEDS_UNHEARD) {
            throw new PersistenceException("connection lost during commit");
        }
        return Optional.of(available.get(id));
    }

    @Override
    public boolean fail(ReportFileId id, String reason, Instant leaseEnd) {
        requireDatabase();
        states.replace(id, ReportFileState.RECEIVING, ReportFileState.FAILED);
        if (states.get(id) != ReportFileState.FAILED) {
            return false;
        }
        owed.add(id);
        leases.put(id, leaseEnd);
        return true;
    }

    @Override
    public boolean expire(ReportFileId id, Instant now) {
        if (states.get(id) == ReportFileState.RECEIVING && leases.get(id).isBefore(now)) {
            fail(id, "expired", leases.get(id));
        }
        return states.get(id) == ReportFileState.FAILED;
    }

    @Override
    public void cleaned(ReportFileId id, Instant debt) {
        if (leases.get(id).equals(debt)) {
            owed.remove(id);
        }
    }

    @Override
    public List<ExpiredSubmission> abandoned(Instant now, int skip, int limit) {
        return states.keySet().stream()
                .filter(id -> owed.contains(id) || states.get(id) == ReportFileState.RECEIVING)
                .filter(id -> leases.get(id).isBefore(now))
                .skip(skip)
                .limit(limit)
                .map(id -> new ExpiredSubmission(id, submissions.get(id).key(), leases.get(id)))
                .toList();
    }

    private void requireDatabase() {
        if (away) {
            throw new PersistenceException("no database");
        }
    }

    private ReportFileDetails details(ReportFileId id, StoredFile stored) {
        NewSubmission submission = submissions.get(id);
        return new ReportFileDetails(
                id,
                new Scope.OfOrganisation(submission.organisation(), Optional.empty()),
                submission.period(),
                submission.section(),
                Optional.of(1),
                ReportFileState.AVAILABLE,
                submission.filename(),
                submission.contentType(),
                Optional.of(stored),
                Optional.empty(),
                Instant.EPOCH,
                submission.submitter().name());
    }
}
