package io.reportfiles.submission.tus;

import io.reportfiles.access.Caller;
import io.reportfiles.access.Scope;
import io.reportfiles.ledger.running.RunningTransfer;
import io.reportfiles.reportfile.ReportFileId;
import io.reportfiles.storage.PartialObject;
import io.reportfiles.submission.WatchedInput;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/**
 * An upload as it stands in the database.
 *
 * @param id of the report file that it becomes; the upload's own as well
 * @param ownerId the account that began it, the only one that sees it
 * @param metadata {@code Upload-Metadata} as the client sent it, at most {@value #MAX_METADATA} characters
 * @param expectedSha256 what the client says its bytes have, in lower-case hex
 * @param object what of the file has been received
 * @param expiresAt when it is given up unless somebody goes on with it
 */
record UploadDetails(
        ReportFileId id,
        UUID ownerId,
        String metadata,
        Optional<String> expectedSha256,
        PartialObject object,
        Instant expiresAt) {

    /** The longest {@code Upload-Metadata}, in characters. */
    static final int MAX_METADATA = 4000;

    /** Its next bytes, as others watch and end them. */
    RunningTransfer underWay(Caller submitter, Scope.OfOrganisation owner, Instant now, WatchedInput bytes) {
        long before = object.received();
        return RunningTransfer.upload(
                id.value(),
                submitter,
                owner,
                now,
                Optional.of(object.size()),
                () -> before + bytes.count(),
                bytes::end);
    }
}
