package io.reportfiles.submission.tus;

import io.reportfiles.access.Caller;
import io.reportfiles.config.TusSettings;
import io.reportfiles.ledger.running.BreakOff;
import io.reportfiles.ledger.running.RunningTransfer;
import io.reportfiles.ledger.running.RunningTransfers;
import io.reportfiles.reportfile.ReportFiles;
import io.reportfiles.storage.ObjectStore;
import io.reportfiles.storage.ObjectTooLargeException;
import io.reportfiles.storage.PartialObject;
import io.reportfiles.storage.PartialObjects;
import io.reportfiles.submission.RefusedBodyException;
import io.reportfiles.submission.WatchedInput;
import io.reportfiles.submission.tus.Receiving.Noting;
import io.reportfiles.web.problem.ProblemException;
import io.reportfiles.web.problem.ProblemType;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.InputStream;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.time.Clock;
import java.util.HexFormat;
import java.util.Optional;

/** Adds the body of one request to what there is of its upload, watched by others, who may end it. Thread-safe. */
@ApplicationScoped
class Appending {

    private ResumableUploads uploads;
    private ReportFiles files;
    private PartialObjects objects;
    private ObjectStore store;
    private RunningTransfers transfers;
    private Completion completion;
    private TusSettings settings;
    private Clock clock;

    /** For the client proxy. */
    protected Appending() {}

    @Inject
    Appending(
            ResumableUploads uploads,
            ReportFiles files,
            PartialObjects objects,
            ObjectStore store,
            RunningTransfers transfers,
            Completion completion,
            TusSettings settings,
            Clock clock) {
        this.uploads = uploads;
        this.files = files;
        this.objects = objects;
        this.store = store;
        this.transfers = transfers;
        this.completion = completion;
        this.settings = settings;
        this.clock = clock;
    }

    /**
     * Takes {@code body} to its end.
     *
     * @return what there is of the upload, as the database says
     * @throws RefusedBodyException if the body broke off; what had come is kept, unless there is a checksum
     * @throws ProblemException 413 if it is longer than what is missing; 460 if its checksum is another one; 409 if
     *     somebody ended the upload meanwhile, of which nothing is kept then
     */
    PartialObject append(UploadLock hold, InputStream body, Optional<UploadChecksum> checksum, Caller sender)
            throws IOException {
        Noting noting = checksum.isPresent() ? Noting.AT_THE_END : Noting.AT_ONCE;
        Receiving receiving = new Receiving(hold, noting, uploads, store, settings, clock);
        WatchedInput watched = new WatchedInput(body);
        RunningTransfer transfer =
                hold.upload().underWay(sender, files.require(hold.upload().id()).owner(), clock.instant(), watched);
        transfers.enter(transfer);
        try {
            append(receiving, hold.upload().object(), receiving.renewing(watched), checksum);
        } catch (RefusedBodyException e) {
            if (watched.ended().isPresent()) {
                throw WatchedInput.answerTo(watched.ended().get());
            }
            throw e;
        } finally {
            transfers.leave(transfer);
            try {
                receiving.forget();
            } finally {
                Optional<BreakOff> forGood = watched.ended().filter(reason -> reason != BreakOff.STOPPING);
                if (forGood.isPresent()) { // of one that this node has no time for, another takes the rest
                    completion.giveUpIfPossible(
                            hold.upload().id(), hold.upload().object().key(), WatchedInput.answerTo(forGood.get()));
                }
            }
        }
        return receiving.noted();
    }

    private void append(Receiving receiving, PartialObject soFar, InputStream source, Optional<UploadChecksum> checksum)
            throws IOException {
        try {
            if (checksum.isPresent()) {
                MessageDigest digest = checksum.get().digest();
                objects.append(soFar, new DigestInputStream(source, digest), receiving);
                requireSame(checksum.get(), digest);
                receiving.note();
            } else {
                objects.append(soFar, source, receiving);
            }
        } catch (ObjectTooLargeException e) {
            throw tooLong(e.maxBytes());
        }
    }

    private static void requireSame(UploadChecksum expected, MessageDigest digest) {
        if (!expected.value().equals(HexFormat.of().formatHex(digest.digest()))) {
            throw new ProblemException(
                    ProblemType.CHECKSUM_MISMATCH,
                    "The %s of the body is not the one in Upload-Checksum; nothing of this request is kept."
                            .formatted(expected.algorithm()));
        }
    }

    /** What a body gets that is longer than what is missing of a file of {@code size} bytes. */
    static ProblemException tooLong(long size) {
        return new ProblemException(
                ProblemType.CONTENT_TOO_LARGE, "The body goes beyond the %,d bytes of the file.".formatted(size));
    }
}
