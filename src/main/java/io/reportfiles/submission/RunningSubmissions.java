package io.reportfiles.submission;

import io.reportfiles.access.Caller;
import io.reportfiles.access.Scope;
import io.reportfiles.config.SubmissionSettings;
import io.reportfiles.ledger.running.RunningTransfer;
import io.reportfiles.ledger.running.RunningTransfers;
import io.reportfiles.reportfile.ReportFileId;
import io.reportfiles.reportfile.Submissions;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The submissions whose bytes are coming in on this node. Their leases are renewed as long as the node lives, however
 * slowly the bytes come; a node that died stops renewing, and others clean up after it. Safe for any number of threads.
 */
@ApplicationScoped
class RunningSubmissions {

    private static final Logger LOG = System.getLogger(RunningSubmissions.class.getName());

    private final Map<ReportFileId, RunningTransfer> running = new ConcurrentHashMap<>();

    private Submissions submissions;
    private RunningTransfers transfers;
    private SubmissionSettings settings;
    private Clock clock;

    /** For the client proxy. */
    protected RunningSubmissions() {}

    @Inject
    RunningSubmissions(Submissions submissions, RunningTransfers transfers, SubmissionSettings settings, Clock clock) {
        this.submissions = submissions;
        this.transfers = transfers;
        this.settings = settings;
        this.clock = clock;
    }

    /** Takes over the lease of a submission that was reserved just now. */
    void begin(ReportFileId id, Caller submitter, Scope.OfOrganisation owner, WatchedInput bytes) {
        RunningTransfer transfer = RunningTransfer.upload(
                id.value(), submitter, owner, clock.instant(), Optional.empty(), bytes::count, bytes::end);
        running.put(id, transfer);
        transfers.enter(transfer);
    }

    /** The submission has ended, one way or the other. */
    void end(ReportFileId id) {
        Optional.ofNullable(running.remove(id)).ifPresent(transfers::leave);
    }

    /** Whether the submission's bytes are coming in on this node. */
    boolean isRunning(ReportFileId id) {
        return running.containsKey(id);
    }

    /** Puts off the end of every lease; to be called several times during one. */
    void renewLeases() {
        Set<ReportFileId> renewing = Set.copyOf(running.keySet());
        int renewed = submissions.renew(renewing, clock.instant().plus(settings.lease()));
        if (renewed < renewing.size()) { // one that has lost its reservation learns so when it completes
            LOG.log(
                    Level.DEBUG,
                    "{0} of {1} submissions have ended meanwhile",
                    renewing.size() - renewed,
                    renewing.size());
        }
    }
}
