package io.reportfiles.reportfile;

import io.reportfiles.web.http.Ids;
import io.reportfiles.web.problem.ProblemException;
import io.reportfiles.web.problem.ProblemType;
import java.util.Optional;
import java.util.UUID;

/**
 * The id of a report file, random and never reused.
 *
 * @param value what stands in links
 */
public record ReportFileId(UUID value) {

    /** An id never used before. */
    public static ReportFileId random() {
        return new ReportFileId(UUID.randomUUID());
    }

    /** The id that {@code text} spells, empty if it spells none. */
    public static Optional<ReportFileId> find(String text) {
        return Ids.parse(text).map(ReportFileId::new);
    }

    /** As {@link #find}; what spells no id is answered as an id that nobody has, with 404. */
    public static ReportFileId parse(String text) {
        return find(text).orElseThrow(ReportFileId::unknown);
    }

    /** What an id that nobody has is answered. */
    public static ProblemException unknown() {
        return new ProblemException(ProblemType.NOT_FOUND, "There is no report file with this id.");
    }

    @Override
    public String toString() {
        return value.toString();
    }
}
