package io.reportfiles.download;

import io.reportfiles.ledger.IntegrityFinding;
import io.reportfiles.reportfile.ReportFileId;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.TransactionPhase;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The files that this node has found damaged and that the database may not know as such yet. A file is in it from the
 * instant of the finding: before its reader sees the connection break, and for as long as the database is away. Safe for
 * any number of threads.
 */
@ApplicationScoped
class KnownDamage {

    /** A request that read the file's row before the flag was committed asks here well within that time. */
    private static final Duration OVERLAP = Duration.ofSeconds(10);

    private Clock clock;

    /** Until when a file stays here. */
    private final Map<UUID, Instant> files = new ConcurrentHashMap<>();

    /** For the client proxy. */
    protected KnownDamage() {}

    @Inject
    KnownDamage(Clock clock) {
        this.clock = clock;
    }

    /** Notes that a file was found damaged; it stays here until its row says so. */
    void add(ReportFileId file) {
        files.put(file.value(), Instant.MAX);
    }

    /** Whether parts of a file must not be sent, whatever its row says. */
    boolean has(ReportFileId file) {
        Instant until = files.get(file.value());
        if (until == null || clock.instant().isBefore(until)) {
            return until != null;
        }
        files.remove(file.value(), until); // nothing, if it was found damaged again meanwhile
        return files.containsKey(file.value());
    }

    /** The row of the file tells from now on. */
    void committed(@Observes(during = TransactionPhase.AFTER_SUCCESS) IntegrityFinding finding) {
        if (finding.intact()) {
            files.remove(finding.file());
        } else {
            files.replace(finding.file(), Instant.MAX, clock.instant().plus(OVERLAP));
        }
    }
}
