package io.reportfiles.submission;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.reportfiles.access.Caller;
import io.reportfiles.access.Callers;
import io.reportfiles.audit.AuditLog;
import io.reportfiles.catalogue.Catalogue;
import io.reportfiles.catalogue.Period;
import io.reportfiles.catalogue.Quarter;
import io.reportfiles.config.SubmissionSettings;
import io.reportfiles.inspection.Inspections;
import io.reportfiles.ledger.OneNode;
import io.reportfiles.ledger.running.RunningTransfers;
import io.reportfiles.persistence.Transactions;
import io.reportfiles.reportfile.FileName;
import io.reportfiles.reportfile.ReportFileDetails;
import io.reportfiles.reportfile.ReportFiles;
import io.reportfiles.reportfile.Submissions;
import io.reportfiles.storage.ObjectKeys;
import io.reportfiles.storage.ObjectStore;
import jakarta.persistence.EntityManager;
import java.io.IOException;
import java.io.InputStream;
import java.time.Clock;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

/** The application's own submissions without an application server, and without HTTP, around them. */
public final class DirectSubmissions {

    private final Submitter submitter;
    private final RunningSubmissions running;
    private final AbandonedSubmissions abandoned;
    private final Catalogue catalogue;

    /** Over a database and a store. */
    public DirectSubmissions(
            EntityManager entities,
            Transactions transactions,
            ObjectStore store,
            SubmissionSettings settings,
            Clock clock) {
        AuditLog audit = new AuditLog(entities, clock);
        Submissions submissions = new Submissions(entities, transactions, audit, new OneNode(), clock);
        ReportFiles files = new ReportFiles(entities, transactions, audit);
        OrphanCleanup leftovers = new OrphanCleanup(store, submissions);
        catalogue = new Catalogue(entities);
        running = new RunningSubmissions(submissions, new RunningTransfers(), settings, clock);
        abandoned = new AbandonedSubmissions(submissions, running, leftovers, clock);
        SubmissionJournal journal =
                new SubmissionJournal(audit, transactions, new SimpleMeterRegistry(), new SubmissionSlots());
        Inspections inspections = new Inspections(List.of(), transactions, audit);
        submitter = new Submitter(
                submissions,
                new PermittedCompletion(submissions, new Unchanged(), transactions),
                files,
                store,
                new ObjectKeys("files"),
                inspections,
                running,
                leftovers,
                journal,
                settings,
                clock);
    }

    /** Submits for an organisation and a section that are there. */
    public ReportFileDetails submit(Caller caller, String organisation, String section, InputStream bytes)
            throws IOException {
        SubmissionRequest request = new SubmissionRequest(
                catalogue.findOrganisation(organisation).orElseThrow(),
                new Period(2026, Quarter.Q3),
                catalogue.findSection(section).orElseThrow(),
                FileName.parse("crash.csv"));
        return submitter.submit(request, new IncomingFile(bytes, Optional.empty()), caller);
    }

    /** Puts off the end of the leases of what is running. */
    public void renewLeases() {
        running.renewLeases();
    }

    /** What cleans up. */
    public AbandonedSubmissions abandoned() {
        return abandoned;
    }

    /** Cleans up behind what nobody brings to an end. */
    public void cleanUp() {
        abandoned.cleanUp();
    }

    /** Accounts that stay as they are, since only the process is killed here. */
    private static final class Unchanged implements Callers {

        @Override
        public Map<Caller, Caller> now(Collection<Caller> began) {
            return began.stream().collect(Collectors.toMap(caller -> caller, caller -> caller));
        }

        @Override
        public Map<UUID, Caller> find(Collection<UUID> ids) {
            return Map.of();
        }

        @Override
        public Set<UUID> usableTokens(Collection<UUID> ids) {
            return Set.copyOf(ids);
        }

        @Override
        public Optional<Caller> find(String nameOrId) {
            return Optional.empty();
        }
    }
}
