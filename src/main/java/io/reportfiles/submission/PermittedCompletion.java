package io.reportfiles.submission;

import io.reportfiles.access.AccessPolicy;
import io.reportfiles.access.Action;
import io.reportfiles.access.Caller;
import io.reportfiles.access.Callers;
import io.reportfiles.access.Scope;
import io.reportfiles.ledger.running.BreakOff;
import io.reportfiles.persistence.Transactions;
import io.reportfiles.reportfile.ReportFileDetails;
import io.reportfiles.reportfile.ReportFileId;
import io.reportfiles.reportfile.StoredFile;
import io.reportfiles.reportfile.Submissions;
import io.reportfiles.web.problem.ProblemException;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Optional;
import java.util.Set;

/**
 * Makes files available whose submitters still may submit them when all bytes have come: a submission can take hours, in
 * which an account is deactivated or moved and a token revoked. Safe for any number of threads.
 */
@ApplicationScoped
public class PermittedCompletion {

    private Submissions submissions;
    private Callers callers;
    private Transactions transactions;

    /** For the client proxy. */
    protected PermittedCompletion() {}

    @Inject
    PermittedCompletion(Submissions submissions, Callers callers, Transactions transactions) {
        this.submissions = submissions;
        this.callers = callers;
        this.transactions = transactions;
    }

    /**
     * As {@link Submissions#complete}, in one transaction with the question whether the submitter still may.
     *
     * @param began the submitter, as the request came
     * @throws ProblemException 403 if not; then nothing has changed
     */
    public Optional<ReportFileDetails> complete(ReportFileId id, StoredFile stored, Caller began) {
        return transactions.call(() -> {
            Optional<ReportFileDetails> file = submissions.complete(id, stored);
            if (file.isPresent()
                    && !mayGoOn(
                            callers.now(Set.of(began)).get(began), file.get().owner())) {
                throw WatchedInput.answerTo(BreakOff.NO_PERMISSION);
            }
            return file;
        });
    }

    /**
     * Whether a submission may go on.
     *
     * @param now the submitter as of now; null if there is none any more
     */
    static boolean mayGoOn(Caller now, Scope owner) {
        return now != null && AccessPolicy.decide(now, Action.SUBMIT, owner).isAllowed();
    }
}
