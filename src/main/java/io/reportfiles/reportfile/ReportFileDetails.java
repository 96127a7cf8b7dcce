package io.reportfiles.reportfile;

import io.reportfiles.access.Scope;
import io.reportfiles.catalogue.Period;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/**
 * One version of a report, as it is stored.
 *
 * @param id what it is found by
 * @param owner the organisation it belongs to; what access is decided on
 * @param period what time it is about
 * @param section code of the kind of report
 * @param version its number in the series, from 1; empty until it became available
 * @param state where it is in its life
 * @param filename what the submitter called it, fit to be offered to readers
 * @param contentType its media type
 * @param stored its bytes; empty until it became available
 * @param damagedAt since when its bytes are known to be other than recorded; empty as long as they are not
 * @param submittedAt when it became available; before that, when its submission began. In microseconds
 * @param submittedBy name of the account that submitted it
 */
public record ReportFileDetails(
        ReportFileId id,
        Scope.OfOrganisation owner,
        Period period,
        String section,
        Optional<Integer> version,
        ReportFileState state,
        String filename,
        String contentType,
        Optional<StoredFile> stored,
        Optional<Instant> damagedAt,
        Instant submittedAt,
        String submittedBy) {

    /** Refuses a published file without a version or bytes. */
    public ReportFileDetails {
        Objects.requireNonNull(state, "state");
        if (state.isPublished() && (version.isEmpty() || stored.isEmpty())) {
            throw new IllegalArgumentException("%s is %s without version or bytes".formatted(id, state));
        }
    }

    /** The same file in another state. */
    public ReportFileDetails as(ReportFileState other) {
        return new ReportFileDetails(
                id,
                owner,
                period,
                section,
                version,
                other,
                filename,
                contentType,
                stored,
                damagedAt,
                submittedAt,
                submittedBy);
    }

    /** Code of the organisation it belongs to. */
    public String organisation() {
        return owner.organisation();
    }

    /** What text is written in, where that is known: browsers would guess. */
    public Optional<String> charset() {
        return stored.filter(bytes -> contentType.startsWith("text/"))
                .flatMap(StoredFile::encoding)
                .map(TextEncoding::charset);
    }

    /** The bytes of a published file; to be asked for only after a look at the state. */
    public StoredFile requireStored() {
        return stored.orElseThrow(() -> new IllegalStateException("%s is %s".formatted(id, state)));
    }
}
