package io.reportfiles.submission.tus;

import io.reportfiles.access.Caller;
import io.reportfiles.config.TusSettings;
import io.reportfiles.reportfile.NewSubmission;
import io.reportfiles.reportfile.ReportFileDetails;
import io.reportfiles.reportfile.ReportFileId;
import io.reportfiles.reportfile.ReportFileState;
import io.reportfiles.reportfile.ReportFiles;
import io.reportfiles.reportfile.Submissions;
import io.reportfiles.storage.ObjectKeys;
import io.reportfiles.storage.PartialObject;
import io.reportfiles.storage.PartialObjects;
import io.reportfiles.submission.SubmissionRequest;
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
 * Takes a report file in several requests. One request at a time goes on with an upload; between two of them nothing of it
 * is on this node. Any number of threads may call at once.
 */
@ApplicationScoped
class ResumableSubmissions {

    private static final Logger LOG = System.getLogger(ResumableSubmissions.class.getName());
    private static final Duration WHEN_FULL_RETRY_AFTER = Duration.ofMinutes(1);

    private ResumableUploads uploads;
    private Submissions submissions;
    private ReportFiles files;
    private PartialObjects objects;
    private ObjectKeys keys;
    private Appending appending;
    private Completion completion;
    private TusSettings settings;
    private Clock clock;

    /** For the client proxy. */
    protected ResumableSubmissions() {}

    @Inject
    ResumableSubmissions(
            ResumableUploads uploads,
            Submissions submissions,
            ReportFiles files,
            PartialObjects objects,
            ObjectKeys keys,
            Appending appending,
            Completion completion,
            TusSettings settings,
            Clock clock) {
        this.uploads = uploads;
        this.submissions = submissions;
        this.files = files;
        this.objects = objects;
        this.keys = keys;
        this.appending = appending;
        this.completion = completion;
        this.settings = settings;
        this.clock = clock;
    }

    /** The largest file that can be taken, in bytes. */
    long largest() {
        return Math.min(objects.largest(), completion.largest());
    }

    /**
     * Begins an upload, of which nothing has been received. The row of its report file comes first: whatever is stored
     * from then on is known.
     *
     * @param size bytes of the file
     * @throws ProblemException 429 if the account has as many unfinished ones as it may
     */
    UploadDetails begin(SubmissionRequest request, long size, UploadMetadata metadata, Caller owner)
            throws IOException {
        if (uploads.countUnfinished(owner.accountId()) >= settings.perAccount()) {
            throw tooMany();
        }
        Instant expiry = expiry();
        NewSubmission reservation = request.reservation(keys, owner, expiry);
        ReportFileId id = submissions.reserve(reservation);
        try {
            PartialObject object = objects.begin(reservation.key(), size);
            UploadDetails upload =
                    new UploadDetails(id, owner.accountId(), metadata.header(), metadata.sha256(), object, expiry);
            uploads.add(upload);
            return upload;
        } catch (IOException | RuntimeException e) {
            completion.giveUpIfPossible(id, reservation.key(), e);
            throw e;
        }
    }

    /**
     * The upload with this id, to its owner.
     *
     * @throws ProblemException 404 to everybody else
     */
    UploadDetails require(ReportFileId id, Caller caller) {
        return uploads.find(id)
                .filter(upload -> upload.ownerId().equals(caller.accountId()))
                .orElseThrow(ResumableSubmissions::unknown);
    }

    /** The upload as it stands now. */
    UploadDetails reload(UploadDetails upload) {
        return uploads.find(upload.id()).orElseThrow(ResumableSubmissions::unknown);
    }

    /** The report file that the upload becomes. */
    ReportFileDetails fileOf(UploadDetails upload) {
        return files.require(upload.id());
    }

    /** What the client is told; the report file is made available first if all of it has been received. */
    UploadState state(UploadDetails upload, Caller caller) throws IOException {
        ReportFileDetails file = fileOf(upload);
        if (file.state().isPublished()) {
            return new UploadState(upload.object().size(), upload.expiresAt(), Optional.of(file));
        }
        if (file.state() == ReportFileState.FAILED) {
            throw Completion.gone();
        }
        if (!upload.object().isWhole()) {
            return new UploadState(upload.object().received(), upload.expiresAt(), Optional.empty());
        }
        return holding(upload.id(), hold -> stateAfter(hold, hold.upload().object(), caller));
    }

    /**
     * Takes more bytes of a file, from {@code offset} on. What has arrived is kept whatever ends the body, unless a
     * checksum was announced: then all of the body counts, or none of it.
     *
     * @throws ProblemException if the offset is not the one of the upload, if somebody else goes on with the upload, if
     *     the checksum is another one; or if this was the last byte and the file is not acceptable
     */
    UploadState receive(
            ReportFileId id, long offset, InputStream body, Optional<UploadChecksum> checksum, Caller sender)
            throws IOException {
        return holding(id, hold -> {
            long received = hold.upload().object().received();
            if (received != offset) {
                throw new ProblemException(
                        ProblemType.CONFLICT,
                        "The upload goes on at byte %d, not at byte %d.".formatted(received, offset));
            }
            return stateAfter(hold, appending.append(hold, body, checksum, sender), sender);
        });
    }

    /** Whether all bytes are there, and the next request that asks for the state makes a report file of them. */
    boolean awaitsCompletion(UploadDetails upload) {
        return upload.object().isWhole() && !fileOf(upload).state().isPublished();
    }

    /** Ends an upload that its client can't go on with, having not heard of it. */
    void giveUp(UploadDetails upload, Exception reason) {
        completion.giveUpIfPossible(upload.id(), upload.object().key(), reason);
    }

    /**
     * Ends an upload; nothing of it is kept.
     *
     * @throws ProblemException 409 if it has become a report file
     */
    void end(UploadDetails upload) throws IOException {
        if (fileOf(upload).state().isPublished()) {
            throw new ProblemException(
                    ProblemType.CONFLICT, "The upload has become a report file, which only administrators withdraw.");
        }
        holding(upload.id(), hold -> {
            ProblemException reason = new ProblemException(ProblemType.GONE, "Its submitter has ended the upload.");
            return completion.giveUp(upload.id(), upload.object().key(), reason);
        });
    }

    private UploadState stateAfter(UploadLock hold, PartialObject object, Caller caller) throws IOException {
        UploadDetails now = uploads.find(hold.upload().id()).orElseGet(hold::upload); // bytes have put off its expiry
        Instant expiry = now.expiresAt();
        return object.isWhole()
                ? new UploadState(object.size(), expiry, Optional.of(completion.complete(hold, object, caller)))
                : new UploadState(object.received(), expiry, Optional.empty());
    }

    private interface Held<T> {
        T with(UploadLock hold) throws IOException;
    }

    private <T> T holding(ReportFileId id, Held<T> work) throws IOException {
        Instant expiry = expiry();
        submissions.renew(id, expiry); // false once it has ended: what comes next finds that out by itself
        UploadLock hold = uploads.hold(id, expiry).orElseThrow(ResumableSubmissions::locked);
        try {
            return work.with(hold);
        } catch (TakenOverException e) {
            LOG.log(Level.DEBUG, "upload {0} was taken over by another request", id);
            throw locked();
        } finally {
            release(hold);
        }
    }

    /** It is no longer held soon, whatever happens here. */
    private void release(UploadLock hold) {
        try {
            uploads.release(hold);
        } catch (RuntimeException e) {
            LOG.log(
                    Level.DEBUG,
                    () -> "upload %s will be free when its lease is over: %s"
                            .formatted(hold.upload().id(), e));
        }
    }

    private ProblemException tooMany() {
        return ProblemException.retryLater(
                ProblemType.TOO_MANY_REQUESTS,
                "Your account has %d unfinished uploads, and may not have more. Finish or end one; those that nobody goes on with expire."
                        .formatted(settings.perAccount()),
                WHEN_FULL_RETRY_AFTER);
    }

    private Instant expiry() {
        return clock.instant().plus(settings.expiry());
    }

    private static ProblemException locked() {
        return new ProblemException(
                ProblemType.LOCKED, "Another request is going on with this upload. Try again when it has ended.");
    }

    private static ProblemException unknown() {
        return new ProblemException(ProblemType.NOT_FOUND, "There is no upload of yours with this id.");
    }
}
