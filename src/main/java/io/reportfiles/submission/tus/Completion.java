package io.reportfiles.submission.tus;

import io.reportfiles.access.Caller;
import io.reportfiles.catalogue.Catalogue;
import io.reportfiles.catalogue.SectionDetails;
import io.reportfiles.config.SubmissionSettings;
import io.reportfiles.inspection.InspectedFile;
import io.reportfiles.inspection.Inspections;
import io.reportfiles.reportfile.ReportFileDetails;
import io.reportfiles.reportfile.ReportFileId;
import io.reportfiles.reportfile.ReportFileState;
import io.reportfiles.reportfile.ReportFiles;
import io.reportfiles.reportfile.StoredFile;
import io.reportfiles.reportfile.Submissions;
import io.reportfiles.storage.ByteRange;
import io.reportfiles.storage.ObjectChangedException;
import io.reportfiles.storage.ObjectKey;
import io.reportfiles.storage.ObjectMissingException;
import io.reportfiles.storage.ObjectStore;
import io.reportfiles.storage.ObjectStoreException;
import io.reportfiles.storage.PartialObject;
import io.reportfiles.storage.PartialObjects;
import io.reportfiles.storage.StoredObject;
import io.reportfiles.submission.DigestingInputStream;
import io.reportfiles.submission.OrphanCleanup;
import io.reportfiles.submission.PermittedCompletion;
import io.reportfiles.submission.SubmissionForm;
import io.reportfiles.submission.SubmissionJournal;
import io.reportfiles.web.problem.ProblemException;
import io.reportfiles.web.problem.ProblemType;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The two ends of an upload: an available report file, or nothing. Making it available can be repeated by any node until it
 * succeeds; each step finds what an earlier try has left.
 */
@ApplicationScoped
class Completion {

    private static final Logger LOG = System.getLogger(Completion.class.getName());

    private ResumableUploads uploads;
    private Submissions submissions;
    private PermittedCompletion permitted;
    private ReportFiles files;
    private PartialObjects objects;
    private ObjectStore store;
    private Inspections inspections;
    private Catalogue catalogue;
    private OrphanCleanup leftovers;
    private RunningCompletions running;
    private SubmissionJournal journal;
    private SubmissionSettings settings;
    private Clock clock;

    /** For the client proxy. */
    protected Completion() {}

    @Inject
    Completion(
            ResumableUploads uploads,
            Submissions submissions,
            PermittedCompletion permitted,
            ReportFiles files,
            PartialObjects objects,
            ObjectStore store,
            Inspections inspections,
            Catalogue catalogue,
            OrphanCleanup leftovers,
            RunningCompletions running,
            SubmissionJournal journal,
            SubmissionSettings settings,
            Clock clock) {
        this.uploads = uploads;
        this.submissions = submissions;
        this.permitted = permitted;
        this.files = files;
        this.objects = objects;
        this.store = store;
        this.inspections = inspections;
        this.catalogue = catalogue;
        this.leftovers = leftovers;
        this.running = running;
        this.journal = journal;
        this.settings = settings;
        this.clock = clock;
    }

    /**
     * Makes a file that has been received whole the next version of its series.
     *
     * @throws ProblemException if it is not acceptable: the upload has ended then, and nothing of it is kept
     * @throws ObjectStoreException if the store fails; unless it has lost the bytes, later may succeed
     */
    ReportFileDetails complete(UploadLock hold, PartialObject whole, Caller sender) throws IOException {
        ReportFileId id = hold.upload().id();
        ReportFileDetails file = files.require(id);
        if (file.state() != ReportFileState.RECEIVING) {
            return requirePublished(file);
        }
        running.begin(hold);
        try {
            StoredFile stored = readBack(hold, whole, file);
            Optional<ReportFileDetails> available = permitted.complete(id, stored, sender);
            available.ifPresent(published -> journal.stored(SubmissionForm.RESUMABLE, published, sinceBegin(file)));
            return available.orElseGet(() -> requirePublished(files.require(id)));
        } catch (ObjectMissingException | ObjectChangedException | ProblemException e) {
            if (e instanceof ProblemException problem && problem.retryAfter().isPresent()) {
                throw e; // nobody could tell whether the file is acceptable
            }
            if (giveUp(id, whole.key(), e)) {
                throw e;
            }
            return requirePublished(files.require(id));
        } finally {
            running.end(hold);
        }
    }

    /**
     * Makes the object of its parts and reads it, for its SHA-256, which could not be computed while they came through
     * several nodes; and to see that it holds what was received.
     */
    private StoredFile readBack(UploadLock hold, PartialObject whole, ReportFileDetails file) throws IOException {
        List<Integer> crc32cs = uploads.crc32cs(hold.upload().id(), whole.partsStored());
        StoredObject object = objects.finish(whole, crc32cs);
        String crc32c = whole.crc32c(crc32cs);
        InspectedFile described =
                new InspectedFile(file.id().toString(), file.filename(), file.submittedBy(), checksOf(file));
        try (InputStream content = open(object);
                InputStream inspected = inspections.inspect(content, described)) {
            DigestingInputStream digesting = new DigestingInputStream(inspected);
            digesting.transferTo(OutputStream.nullOutputStream());
            StoredFile stored = digesting.storedAs(object.version());
            if (stored.size() != whole.size() || !stored.crc32c().equals(crc32c)) {
                throw new ObjectChangedException("%s: %d bytes with CRC32C %s are stored, %d with %s were received"
                        .formatted(whole.key(), stored.size(), stored.crc32c(), whole.size(), crc32c));
            }
            hold.upload()
                    .expectedSha256()
                    .filter(expected -> !expected.equals(stored.sha256()))
                    .ifPresent(expected -> {
                        throw ProblemException.invalid(
                                "sha256",
                                "The SHA-256 of what was received is %s, not %s; nothing was stored."
                                        .formatted(stored.sha256(), expected));
                    });
            return stored;
        }
    }

    private Set<String> checksOf(ReportFileDetails file) {
        return catalogue.findSection(file.section()).map(SectionDetails::checks).orElse(Set.of());
    }

    private InputStream open(StoredObject object) throws ObjectStoreException {
        return object.size() == 0
                ? InputStream.nullInputStream()
                : store.open(object.version(), ByteRange.whole(object.size()));
    }

    /** The largest file that can be made available, in bytes. */
    long largest() {
        return inspections.largest();
    }

    /**
     * Ends an upload that comes to nothing. What the store does not remove now is removed later: the row says so.
     *
     * @return false if it had become a report file before, and nothing was changed
     * @throws RuntimeException if the database is away: the upload may go on, and asking for it tells
     */
    boolean giveUp(ReportFileId id, ObjectKey key, Exception reason) {
        LOG.log(Level.DEBUG, () -> "upload %s ends: %s".formatted(id, reason));
        ReportFileDetails file = files.require(id);
        Instant debt = clock.instant().plus(settings.lease());
        if (!submissions.fail(id, String.valueOf(reason.getMessage()), debt)) {
            return false;
        }
        if (file.state() == ReportFileState.RECEIVING) {
            journal.failed(SubmissionForm.RESUMABLE, reason, sinceBegin(file));
        }
        try {
            leftovers.remove(id, key, debt);
        } catch (ObjectStoreException | RuntimeException e) {
            reason.addSuppressed(e);
        }
        return true;
    }

    /** As {@link #giveUp}, for a request that has failed already: the database may be away, and the reason is told all the same. */
    void giveUpIfPossible(ReportFileId id, ObjectKey key, Exception reason) {
        try {
            giveUp(id, key, reason);
        } catch (RuntimeException away) { // it expires
            reason.addSuppressed(away);
        }
    }

    private Duration sinceBegin(ReportFileDetails file) {
        return Duration.between(file.submittedAt(), clock.instant());
    }

    private static ReportFileDetails requirePublished(ReportFileDetails file) {
        if (!file.state().isPublished()) {
            throw gone();
        }
        return file;
    }

    /** What an upload answers that has come to nothing. */
    static ProblemException gone() {
        return new ProblemException(
                ProblemType.GONE,
                "This upload was refused, ended or has expired; nothing of it is kept. Begin another.");
    }
}
