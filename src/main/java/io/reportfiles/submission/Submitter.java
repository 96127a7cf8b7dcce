package io.reportfiles.submission;

import io.reportfiles.access.Caller;
import io.reportfiles.catalogue.SectionDetails;
import io.reportfiles.config.SubmissionSettings;
import io.reportfiles.inspection.InspectedFile;
import io.reportfiles.inspection.Inspections;
import io.reportfiles.persistence.CommitFailedException;
import io.reportfiles.reportfile.KeyedSubmissions;
import io.reportfiles.reportfile.NewSubmission;
import io.reportfiles.reportfile.ReportFileDetails;
import io.reportfiles.reportfile.ReportFileId;
import io.reportfiles.reportfile.ReportFiles;
import io.reportfiles.reportfile.StoredFile;
import io.reportfiles.reportfile.Submissions;
import io.reportfiles.storage.ObjectChangedException;
import io.reportfiles.storage.ObjectKey;
import io.reportfiles.storage.ObjectKeys;
import io.reportfiles.storage.ObjectStore;
import io.reportfiles.storage.ObjectStoreException;
import io.reportfiles.storage.ObjectTooLargeException;
import io.reportfiles.storage.StoredObject;
import io.reportfiles.web.problem.ProblemException;
import io.reportfiles.web.problem.ProblemType;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.InputStream;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Takes a report file from its first byte to its version number. The row comes first and the bytes second, and no
 * transaction is open while they move; so that at every instant either the file is available, or its row says that
 * something may have to be removed. Any number of threads may submit at once.
 */
@ApplicationScoped
class Submitter {

    private static final Logger LOG = System.getLogger(Submitter.class.getName());

    private static final Duration LOOK_AGAIN_AFTER = Duration.ofSeconds(10);

    private Submissions submissions;
    private PermittedCompletion completion;
    private ReportFiles files;
    private ObjectStore store;
    private ObjectKeys keys;
    private Inspections inspections;
    private RunningSubmissions running;
    private OrphanCleanup leftovers;
    private SubmissionJournal journal;
    private SubmissionSettings settings;
    private Clock clock;

    /** For the client proxy. */
    protected Submitter() {}

    @Inject
    Submitter(
            Submissions submissions,
            PermittedCompletion completion,
            ReportFiles files,
            ObjectStore store,
            ObjectKeys keys,
            Inspections inspections,
            RunningSubmissions running,
            OrphanCleanup leftovers,
            SubmissionJournal journal,
            SubmissionSettings settings,
            Clock clock) {
        this.submissions = submissions;
        this.completion = completion;
        this.files = files;
        this.store = store;
        this.keys = keys;
        this.inspections = inspections;
        this.running = running;
        this.leftovers = leftovers;
        this.journal = journal;
        this.settings = settings;
        this.clock = clock;
    }

    /**
     * Stores what {@code file} yields and makes it the next version of its series.
     *
     * @return the file as it is available now
     * @throws ProblemException if the bytes did not arrive whole or were too many; nothing of them is kept
     * @throws ObjectStoreException if the store fails; nothing is visible, and what may be left is removed later
     */
    ReportFileDetails submit(SubmissionRequest request, IncomingFile file, Caller submitter) throws IOException {
        NewSubmission submission = submission(request, submitter);
        return receive(submissions.reserve(submission), submission, request, file);
    }

    /**
     * As the other, for one attempt with an idempotency key.
     *
     * @return empty if another submission, that did not fail, has the key; then nothing was read or reserved
     */
    Optional<ReportFileDetails> submit(
            SubmissionRequest request, IncomingFile file, Caller submitter, KeyedSubmissions.Claim claim)
            throws IOException {
        NewSubmission submission = submission(request, submitter);
        Optional<ReportFileId> id = claim.reserve(submission);
        return id.isEmpty() ? Optional.empty() : Optional.of(receive(id.get(), submission, request, file));
    }

    private NewSubmission submission(SubmissionRequest request, Caller submitter) {
        return request.reservation(keys, submitter, clock.instant().plus(settings.lease()));
    }

    private ReportFileDetails receive(
            ReportFileId id, NewSubmission submission, SubmissionRequest request, IncomingFile file)
            throws IOException {
        WatchedInput source = new WatchedInput(file.bytes());
        DigestingInputStream bytes = new DigestingInputStream(new IncomingFile(source, file.sha256()));
        long start = System.nanoTime();
        try {
            StoredFile stored = storeAlive(id, submission, source, bytes, request);
            ReportFileDetails available =
                    completion.complete(id, stored, submission.submitter()).orElseThrow(Submitter::lostReservation);
            journal.stored(SubmissionForm.WHOLE, available, Duration.ofNanos(System.nanoTime() - start));
            return available;
        } catch (IOException | RuntimeException e) {
            journal.failed(SubmissionForm.WHOLE, e, Duration.ofNanos(System.nanoTime() - start));
            return giveUp(new Attempt(id, submission.key(), bytes), e);
        }
    }

    private ReportFileDetails giveUp(Attempt attempt, Exception failure) throws IOException {
        if (failure instanceof RefusedBodyException refused) {
            return giveUp(attempt, failure, refused.problem());
        }
        if (failure instanceof CommitFailedException commit && commit.isOutcomeUnknown()) {
            return giveUp(attempt, failure, notStored(commit), outcomeUnknown(commit));
        }
        if (failure instanceof ObjectTooLargeException tooLarge) {
            return giveUp(attempt, failure, SizeLimit.exceeded(tooLarge.maxBytes()));
        }
        return failure instanceof IOException e
                ? giveUp(attempt, failure, e)
                : giveUp(attempt, failure, (RuntimeException) failure);
    }

    /** What has to be known to clean up after a submission. */
    private record Attempt(ReportFileId id, ObjectKey key, DigestingInputStream bytes) {}

    private StoredFile storeAlive(
            ReportFileId id,
            NewSubmission submission,
            WatchedInput source,
            DigestingInputStream bytes,
            SubmissionRequest request)
            throws IOException {
        SectionDetails section = request.section();
        InspectedFile described = new InspectedFile(
                id.toString(), submission.filename(), submission.submitter().name(), section.checks());
        running.begin(id, submission.submitter(), request.organisation().scope(), source);
        try (InputStream inspected = inspections.inspect(bytes, described)) {
            return store(submission.key(), inspected, bytes, section.maxBytes());
        } finally {
            running.end(id);
        }
    }

    private StoredFile store(ObjectKey key, InputStream inspected, DigestingInputStream digesting, long maxBytes)
            throws IOException {
        StoredObject stored = store.store(key, inspected, maxBytes);
        if (stored.size() != digesting.size()) {
            throw new ObjectChangedException(
                    "%s: %d bytes stored of %d sent".formatted(key, stored.size(), digesting.size()));
        }
        return digesting.storedAs(stored.version());
    }

    private <E extends Exception> ReportFileDetails giveUp(Attempt attempt, Exception failure, E answer) throws E {
        return giveUp(attempt, failure, answer, answer);
    }

    /**
     * Ends a submission that failed. The row is the judge: a commit that looked like a failure may have been none, and
     * then the bytes have to stay.
     *
     * @param answer what to throw
     * @param whenUnknown what to throw if the row can't be asked
     * @return the file, should it be available after all
     */
    private <E extends Exception> ReportFileDetails giveUp(Attempt attempt, Exception failure, E answer, E whenUnknown)
            throws E {
        LOG.log(Level.DEBUG, () -> "submission %s failed: %s".formatted(attempt.id(), failure));
        String reason = "%s (%d bytes had come)"
                .formatted(failure.getMessage(), attempt.bytes().size());
        Instant debt = clock.instant().plus(settings.lease());
        Optional<ReportFileDetails> available = Optional.empty();
        boolean failed = false;
        try {
            failed = submissions.fail(attempt.id(), reason, debt);
            if (!failed) {
                available = files.find(attempt.id());
            } else if (!(failure
                    instanceof ObjectStoreException)) { // that store is not asked twice: the job will do it
                leftovers.remove(attempt.id(), attempt.key(), debt);
            }
        } catch (ObjectStoreException | RuntimeException e) { // the row still says so: the job will do it
            answer.addSuppressed(e);
        }
        if (available.isPresent()) {
            return available.get();
        }
        throw failed ? answer : whenUnknown;
    }

    private static ProblemException notStored(CommitFailedException failure) {
        return ProblemException.retryLater(
                ProblemType.DATABASE_UNAVAILABLE,
                "The database did not answer, and nothing was stored. Send it again.",
                LOOK_AGAIN_AFTER,
                failure);
    }

    private static ProblemException outcomeUnknown(CommitFailedException failure) {
        return ProblemException.retryLater(
                ProblemType.OUTCOME_UNKNOWN,
                "The answer of the database was lost, so it is not known whether the file was stored. List the files of"
                        + " the period, or send it again with the same Idempotency-Key.",
                LOOK_AGAIN_AFTER,
                failure);
    }

    private static ProblemException lostReservation() {
        return new ProblemException(
                ProblemType.BUSY, "The submission was given up meanwhile; nothing was stored. Send it again.");
    }
}
