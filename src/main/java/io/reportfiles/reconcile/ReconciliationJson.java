package io.reportfiles.reconcile;

import io.reportfiles.reportfile.ReportFileId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A run as the API shows it. What is not known is left out.
 *
 * @param startedBy name of the administrator, or {@code (schedule)}
 * @param state {@code RUNNING}, {@code FINISHED} or {@code FAILED}
 * @param failure why it failed
 * @param findings the first ones; all of them have a list of their own
 */
public record ReconciliationJson(
        String id,
        Instant startedAt,
        Optional<Instant> endedAt,
        String startedBy,
        boolean dryRun,
        String state,
        Counts counts,
        Optional<String> failure,
        List<FindingJson> findings) {

    /**
     * A finding as the API shows it.
     *
     * @param kind one of {@link FindingKind}
     * @param key of the object
     * @param reportFile id of the file whose row names the object
     * @param action one of {@link FindingAction}
     */
    public record FindingJson(String kind, String key, Optional<String> reportFile, String detail, String action) {

        static FindingJson of(Finding finding) {
            return new FindingJson(
                    finding.kind().name(),
                    finding.key(),
                    finding.reportFile().map(ReportFileId::toString),
                    finding.detail(),
                    finding.action().name());
        }
    }

    static ReconciliationJson of(ReconciliationDetails run, List<Finding> findings) {
        return new ReconciliationJson(
                run.id().toString(),
                run.startedAt(),
                run.endedAt(),
                run.startedBy(),
                run.dryRun(),
                run.state(),
                run.counts(),
                run.failure(),
                findings.stream().map(FindingJson::of).toList());
    }
}
