package io.reportfiles.submission;

import io.micrometer.core.instrument.MeterRegistry;
import io.reportfiles.access.Caller;
import io.reportfiles.audit.AuditAction;
import io.reportfiles.audit.AuditLog;
import io.reportfiles.persistence.Transactions;
import io.reportfiles.reportfile.ReportFileDetails;
import io.reportfiles.storage.ObjectStoreException;
import io.reportfiles.web.problem.ProblemException;
import jakarta.annotation.PostConstruct;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.Locale;

/**
 * Counts how submissions end, and notes in the audit those that were refused before there was a row: of the others the
 * row's own transactions do that. Any number of threads may call at once.
 */
@ApplicationScoped
public class SubmissionJournal {

    /** What may refuse a submission. */
    public interface Step<T> {

        /**
         * Does it.
         *
         * @throws ProblemException if the submission is refused
         * @throws RefusedBodyException if it is, for its body
         */
        T run() throws IOException;
    }

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
    public void stored(SubmissionForm form, ReportFileDetails file, Duration duration) {
        record(form, "stored", "none", duration);
        meters.counter("reportfiles.submissions.bytes")
                .increment((double) file.requireStored().size());
    }

    /** A file was sent again, and the first answer given. */
    void repeated() {
        record(SubmissionForm.WHOLE, "repeated", "none", Duration.ZERO);
    }

    /** Receiving a file failed; its row says so. */
    public void failed(SubmissionForm form, Exception failure, Duration duration) {
        record(form, "failed", cause(failure), duration);
    }

    /** Takes a step before there is a row that could say why a submission was refused, and says so in its place. */
    public <T> T noting(SubmissionForm form, Caller caller, Step<T> step) throws IOException {
        try {
            return step.run();
        } catch (RefusedBodyException e) {
            refused(form, caller, e.problem());
            throw e.problem();
        } catch (ProblemException e) {
            refused(form, caller, e);
            throw e;
        }
    }

    /** A database that is away does not hide the reason. */
    private void refused(SubmissionForm form, Caller caller, ProblemException reason) {
        record(form, "refused", cause(reason), Duration.ZERO);
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

    private void record(SubmissionForm form, String outcome, String cause, Duration duration) {
        meters.timer("reportfiles.submissions", "form", form.tag(), "outcome", outcome, "cause", cause)
                .record(duration);
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
