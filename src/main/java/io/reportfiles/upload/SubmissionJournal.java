package io.reportfiles.upload;

import io.micrometer.core.instrument.MeterRegistry;
import io.reportfiles.access.Caller;
import io.reportfiles.audit.AuditAction;
import io.reportfiles.audit.AuditLog;
import io.reportfiles.persistence.Transactions;
import io.reportfiles.reportfile.ReportFileDetails;
import io.reportfiles.storage.ObjectStoreException;
import io.reportfiles.web.ProblemException;
import jakarta.annotation.PostConstruct;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.Locale;

/**
 * Counts how submissions end, and notes in the audit those that were refused before there was a row: of the others the
 * row's own transactions do that. Any number of threads may call at once.
 */
@ApplicationScoped
class SubmissionJournal {

    private static final Logger LOG = System.getLogger(SubmissionJournal.class.getName());

    private AuditLog audit;
    private Transactions transactions;
    private MeterRegistry meters;
    private SubmissionSlots slots;

    /** For the client proxy. */
    protected SubmissionJournal() {}

    @Inject
    SubmissionJournal(AuditLog audit, Transactions transactions, MeterRegistry meters, SubmissionSlots slots) {
        this.audit = audit;
        this.transactions = transactions;
        this.meters = meters;
        this.slots = slots;
    }

    @PostConstruct
    void open() {
        meters.gauge("reportfiles.submissions.running", slots, SubmissionSlots::taken);
    }

    /** A file has become available. */
    void stored(ReportFileDetails file, Duration duration) {
        meters.timer("reportfiles.submissions", "outcome", "stored", "cause", "none")
                .record(duration);
        meters.counter("reportfiles.submissions.bytes")
                .increment((double) file.requireStored().size());
    }

    /** A file was sent again, and the first answer given. */
    void repeated() {
        meters.timer("reportfiles.submissions", "outcome", "repeated", "cause", "none")
                .record(Duration.ZERO);
    }

    /** Receiving a file failed; its row says so. */
    void failed(Exception failure, Duration duration) {
        meters.timer("reportfiles.submissions", "outcome", "failed", "cause", cause(failure))
                .record(duration);
    }

    /** A request was turned away before anything was reserved. A database that is away does not hide the reason. */
    void refused(Caller caller, ProblemException reason) {
        meters.timer("reportfiles.submissions", "outcome", "refused", "cause", cause(reason))
                .record(Duration.ZERO);
        try {
            transactions.run(() -> audit.record(
                    AuditAction.SUBMISSION_REFUSED,
                    caller.name(),
                    AuditLog.REPORT_FILE,
                    "",
                    "%s: %s".formatted(cause(reason), reason.getMessage())));
        } catch (RuntimeException e) {
            LOG.log(Level.WARNING, "a refused submission could not be noted in the audit", e);
        }
    }

    /** Few values: they become series of measurements. */
    private static String cause(Exception failure) {
        if (failure instanceof ProblemException problem) {
            return problem.type().name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
        if (failure instanceof RefusedBodyException refused) {
            return cause(refused.problem());
        }
        if (failure instanceof ObjectStoreException) {
            return "storage";
        }
        return failure instanceof RuntimeException ? "internal" : "client-gone";
    }
}
