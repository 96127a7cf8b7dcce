package io.reportfiles.inspection;

import io.reportfiles.audit.AuditAction;
import io.reportfiles.audit.AuditLog;
import io.reportfiles.config.ScanSettings;
import io.reportfiles.config.ScanSettings.Mode;
import io.reportfiles.persistence.Transactions;
import io.reportfiles.web.problem.ProblemException;
import io.reportfiles.web.problem.ProblemType;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import java.io.InputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Lets submitted files pass that are acceptable: to the malware scanner, where there is one, and to their section's checks. */
@ApplicationScoped
public class Inspections {

    /** What the client has to look at. */
    static final String FILE = "file";

    private static final Duration UNTIL_INSTALLED = Duration.ofMinutes(5);

    private Optional<MalwareScanner> scanner;
    private long largest;
    private Map<String, SubmissionCheck> checks;
    private Transactions transactions;
    private AuditLog audit;

    /** For the client proxy. */
    protected Inspections() {}

    @Inject
    public Inspections(
            ScanSettings settings, @Any Instance<SubmissionCheck> checks, Transactions transactions, AuditLog audit) {
        this(scannerOf(settings), settings.streamLimit(), checks.stream().toList(), transactions, audit);
    }

    /** Without a scanner. */
    public Inspections(List<SubmissionCheck> checks, Transactions transactions, AuditLog audit) {
        this(Optional.empty(), Long.MAX_VALUE, checks, transactions, audit);
    }

    Inspections(
            Optional<MalwareScanner> scanner,
            long largest,
            List<SubmissionCheck> checks,
            Transactions transactions,
            AuditLog audit) {
        this.scanner = scanner;
        this.largest = scanner.isPresent() ? largest : Long.MAX_VALUE;
        this.checks = checks.stream().collect(Collectors.toMap(SubmissionCheck::name, Function.identity()));
        this.transactions = transactions;
        this.audit = audit;
    }

    private static Optional<MalwareScanner> scannerOf(ScanSettings settings) {
        return settings.mode() == Mode.OFF
                ? Optional.empty()
                : Optional.of(new Clamd(settings::address, settings.timeout(), settings.streamLimit()));
    }

    /** The names of the checks that there are. */
    public Set<String> installed() {
        return checks.keySet();
    }

    /** The most bytes that a file may have here. */
    public long largest() {
        return largest;
    }

    /**
     * The bytes of {@code source} while they are inspected. The end of a file that is not acceptable is a {@link
     * ProblemException} in the place of the end of the stream, so that nobody takes it for whole. Closing ends the
     * inspection and leaves the source open.
     *
     * @throws ProblemException 503 if it can't be inspected now
     */
    public InputStream inspect(InputStream source, InspectedFile file) {
        List<Verdict> verdicts = new ArrayList<>();
        file.checks().stream()
                .sorted()
                .map(name -> new CheckVerdict(requireCheck(name).begin()))
                .forEach(verdicts::add);
        scanner.map(present -> new MalwareVerdict(present, largest, finding -> note(finding, file)))
                .ifPresent(verdicts::add);
        return new Inspection(source, verdicts);
    }

    /** A check that is not installed has not been passed. */
    private SubmissionCheck requireCheck(String name) {
        return Optional.ofNullable(checks.get(name))
                .orElseThrow(() -> ProblemException.retryLater(
                        ProblemType.BUSY,
                        "The section wants files to pass the check %s, which is not installed here. Tell the operator."
                                .formatted(name),
                        UNTIL_INSTALLED));
    }

    private void note(String finding, InspectedFile file) {
        transactions.run(() -> audit.record(
                AuditAction.MALWARE_REFUSED,
                file.submittedBy(),
                AuditLog.REPORT_FILE,
                file.id(),
                "%s in %s".formatted(finding, file.fileName())));
    }
}
