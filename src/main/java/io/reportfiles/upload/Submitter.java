package io.reportfiles.upload;

import io.reportfiles.access.Caller;
import io.reportfiles.config.SubmissionSettings;
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
import io.reportfiles.web.ProblemException;
import io.reportfiles.web.ProblemType;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.InputStream;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Clock;
import java.util.Optional;
import java.util.UUID;

/**
 * Takes a report file from its first byte to its version number. The row comes first and the bytes second, and no
 * transaction is open while they move; so that at every instant either the file is available, or its row says that
 * something may have to be removed. Any number of threads may submit at once.
 */
@ApplicationScoped
class Submitter {

    private static final Logger LOG = System.getLogger(Submitter.class.getName());

    private Submissions submissions;
    private ReportFiles files;
    private ObjectStore store;
    private ObjectKeys keys;
    private RunningSubmissions running;
    private Leftovers leftovers;
    private SubmissionSettings settings;
    private Clock clock;

    /** For the client proxy. */
    protected Submitter() {}

    @Inject
    Submitter(
            Submissions submissions,
            ReportFiles files,
            ObjectStore store,
            ObjectKeys keys,
            RunningSubmissions running,
            Leftovers leftovers,
            SubmissionSettings settings,
            Clock clock) {
        this.submissions = submissions;
        this.files = files;
        this.store = store;
        this.keys = keys;
        this.running = running;
        this.leftovers = leftovers;
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
    ReportFileDetails submit(SubmissionRequest request, InputStream file, Caller submitter) throws IOException {
        ObjectKey key = keyFor(request);
        ReportFileId id = submissions.reserve(new NewSubmission(
                request.organisation().code(),
                request.period(),
                request.section().code(),
                request.fileName().value(),
                request.contentType(),
                key,
                submitter,
                clock.instant().plus(settings.lease())));
        try {
            StoredFile stored = storeAlive(id, key, file, request.section().maxBytes());
            return submissions.complete(id, stored).orElseThrow(Submitter::lostReservation);
        } catch (RefusedBodyException e) {
            return giveUp(id, key, e, e.problem());
        } catch (ObjectTooLargeException e) {
            return giveUp(id, key, e, SizeLimit.exceeded(e.maxBytes()));
        } catch (IOException e) {
            return giveUp(id, key, e, e);
        } catch (RuntimeException e) {
            return giveUp(id, key, e, e);
        }
    }

    private ObjectKey keyFor(SubmissionRequest request) {
        return keys.of(
                request.organisation().code(),
                Integer.toString(request.period().year()),
                request.period().quarter().name(),
                request.section().code(),
                UUID.randomUUID().toString());
    }

    private StoredFile storeAlive(ReportFileId id, ObjectKey key, InputStream file, long maxBytes) throws IOException {
        running.begin(id);
        try {
            return store(key, file, maxBytes);
        } finally {
            running.end(id);
        }
    }

    private StoredFile store(ObjectKey key, InputStream file, long maxBytes) throws IOException {
        DigestingInputStream digesting = new DigestingInputStream(file);
        StoredObject stored = store.store(key, digesting, maxBytes);
        if (stored.size() != digesting.size()) {
            throw new ObjectChangedException(
                    "%s: %d bytes stored of %d sent".formatted(key, stored.size(), digesting.size()));
        }
        return new StoredFile(stored.version(), stored.size(), digesting.sha256(), digesting.crc32c());
    }

    /**
     * Ends a submission that failed. The row is the judge: a commit that looked like a failure may have been none, and
     * then the bytes have to stay.
     *
     * @param answer what to throw
     * @return the file, should it be available after all
     */
    private <E extends Exception> ReportFileDetails giveUp(ReportFileId id, ObjectKey key, Exception failure, E answer)
            throws E {
        LOG.log(Level.DEBUG, () -> "submission %s failed: %s".formatted(id, failure));
        Optional<ReportFileDetails> available = Optional.empty();
        try {
            if (!submissions.fail(
                    id, String.valueOf(failure.getMessage()), clock.instant().plus(settings.lease()))) {
                available = files.find(id);
            } else if (!(failure
                    instanceof ObjectStoreException)) { // that store is not asked twice: the job will do it
                leftovers.remove(id, key);
            }
        } catch (ObjectStoreException | RuntimeException e) { // the row still says so: the job will do it
            answer.addSuppressed(e);
        }
        if (available.isPresent()) {
            return available.get();
        }
        throw answer;
    }

    private static ProblemException lostReservation() {
        return new ProblemException(
                ProblemType.BUSY, "The submission was given up meanwhile; nothing was stored. Send it again.");
    }
}
