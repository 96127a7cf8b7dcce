package io.reportfiles.submission;

import io.reportfiles.access.Caller;
import io.reportfiles.config.SenderSettings;
import io.reportfiles.reportfile.IdempotencyKey;
import io.reportfiles.reportfile.KeyedSubmissions;
import io.reportfiles.reportfile.ReportFileDetails;
import io.reportfiles.reportfile.ReportFileState;
import io.reportfiles.reportfile.StoredFile;
import io.reportfiles.web.problem.ProblemException;
import io.reportfiles.web.problem.ProblemType;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;

/**
 * Submissions that may be sent again without becoming another file. The first with a key is received; a further one is
 * read to see that it is the same, unless its sender has said what it is, and gets the answer of the first. Any number
 * may come at once, on any nodes: a constraint of the database decides which is the first.
 */
@ApplicationScoped
class RepeatableSubmissions {

    /** How long a repetition waits for the first one to end, since both may be sent at the same pace. */
    private static final Duration PATIENCE = Duration.ofSeconds(15);

    private static final Duration LOOK_AGAIN = Duration.ofMillis(100);
    private static final Duration RETRY_AFTER = Duration.ofSeconds(5);

    private Submitter submitter;
    private KeyedSubmissions submissions;
    private SubmissionJournal journal;
    private SenderSettings settings;
    private Clock clock;

    /** For the client proxy. */
    protected RepeatableSubmissions() {}

    @Inject
    RepeatableSubmissions(
            Submitter submitter,
            KeyedSubmissions submissions,
            SubmissionJournal journal,
            SenderSettings settings,
            Clock clock) {
        this.submitter = submitter;
        this.submissions = submissions;
        this.journal = journal;
        this.settings = settings;
        this.clock = clock;
    }

    /**
     * Stores the file, or finds that it was stored before.
     *
     * @return the file as it became available, the first time and each further one
     * @throws ProblemException as {@link Submitter#submit}; 409 if the key came with another file before, or the first
     *     submission with it takes too long
     */
    ReportFileDetails submit(SubmissionRequest request, IncomingFile file, Caller caller, IdempotencyKey key)
            throws IOException {
        Optional<ReportFileDetails> first =
                submissions.find(caller.accountId(), key).filter(found -> !isOrphaned(found));
        if (first.isEmpty()) {
            try (KeyedSubmissions.Claim claim =
                    submissions.claim(key, clock.instant().plus(settings.keyLifetime()))) {
                Optional<ReportFileDetails> stored = submitter.submit(request, file, caller, claim);
                if (stored.isPresent()) {
                    return stored.get();
                }
            }
            first = submissions.find(caller.accountId(), key);
        }
        Optional<ReportFileDetails> known = first;
        return journal.noting(SubmissionForm.WHOLE, caller, () -> {
            ReportFileDetails same =
                    repeat(known.orElseThrow(RepeatableSubmissions::firstFailed), request, file, caller, key);
            journal.repeated();
            return same;
        });
    }

    private ReportFileDetails repeat(
            ReportFileDetails first, SubmissionRequest request, IncomingFile file, Caller caller, IdempotencyKey key)
            throws IOException {
        if (!request.isFor(first)) {
            throw otherFile();
        }
        String sha256 = file.sha256().isPresent()
                ? file.sha256().get()
                : digest(
                        file,
                        first.stored()
                                .map(StoredFile::size)
                                .orElse(request.section().maxBytes()));
        ReportFileDetails ended = awaitEnd(first, caller, key);
        if (!ended.requireStored().sha256().equals(sha256)) {
            throw otherFile();
        }
        return ended.as(ReportFileState.AVAILABLE); // what was answered, whatever has become of it
    }

    /** Reads all of the file, or so much that it can't be the same. */
    private static String digest(IncomingFile file, long maxBytes) throws IOException {
        DigestingInputStream digesting = new DigestingInputStream(file);
        byte[] buffer = new byte[64 * 1024];
        while (digesting.read(buffer, 0, buffer.length) >= 0) {
            if (digesting.size() > maxBytes) {
                throw otherFile();
            }
        }
        return digesting.sha256();
    }

    /** Whether the first one ended with its node; it has failed then, and this one takes its place. */
    private boolean isOrphaned(ReportFileDetails first) {
        return first.state() == ReportFileState.RECEIVING && submissions.endOrphaned(first.id());
    }

    private ReportFileDetails awaitEnd(ReportFileDetails first, Caller caller, IdempotencyKey key) {
        ReportFileDetails now = first;
        long start = System.nanoTime();
        while (!now.state().isPublished()) {
            if (System.nanoTime() - start > PATIENCE.toNanos()) {
                if (isOrphaned(now)) {
                    throw firstFailed();
                }
                throw ProblemException.retryLater(
                        ProblemType.CONFLICT, "The submission with this Idempotency-Key is under way.", RETRY_AFTER);
            }
            pause();
            now = submissions
                    .find(caller.accountId(), key)
                    .filter(found -> found.id().equals(first.id()))
                    .orElseThrow(RepeatableSubmissions::firstFailed);
        }
        return now;
    }

    private static void pause() {
        try {
            Thread.sleep(LOOK_AGAIN.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw firstFailed();
        }
    }

    private static ProblemException otherFile() {
        return new ProblemException(
                ProblemType.CONFLICT, "This Idempotency-Key came with another file, or other fields, before.");
    }

    private static ProblemException firstFailed() {
        return ProblemException.retryLater(
                ProblemType.BUSY,
                "The first submission with this Idempotency-Key failed; nothing was stored. Send it again.",
                RETRY_AFTER);
    }
}
