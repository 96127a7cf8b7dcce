package io.reportfiles.reportfile;

import io.reportfiles.audit.AuditAction;
import io.reportfiles.audit.AuditLog;
import io.reportfiles.ledger.IntegrityFinding;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Clock;
import java.util.Optional;

/** Keeps in the rows of report files what transfers find out about their bytes. Safe for any number of threads. */
@ApplicationScoped
class DamagedFiles {

    private static final Logger LOG = System.getLogger(DamagedFiles.class.getName());

    private EntityManager entities;
    private AuditLog audit;
    private Clock clock;

    /** For the client proxy. */
    protected DamagedFiles() {}

    @Inject
    DamagedFiles(EntityManager entities, AuditLog audit, Clock clock) {
        this.entities = entities;
        this.audit = audit;
        this.clock = clock;
    }

    /** Flags the file, or takes the flag away, with an audit event for each change; in the surrounding transaction. */
    void note(@Observes IntegrityFinding finding) {
        Optional.ofNullable(entities.find(ReportFile.class, finding.file(), LockModeType.PESSIMISTIC_WRITE))
                .filter(file -> finding.intact() ? file.clearDamage() : file.damage(clock.instant()))
                .ifPresent(file -> audit(file, finding));
    }

    private void audit(ReportFile file, IntegrityFinding finding) {
        AuditAction action = finding.intact() ? AuditAction.FILE_INTACT : AuditAction.FILE_DAMAGED;
        audit.record(
                action,
                AuditLog.SYSTEM,
                AuditLog.REPORT_FILE,
                file.id().toString(),
                "%s, found by transfer %s".formatted(file.title(), finding.transfer()));
        LOG.log(Level.WARNING, "report file {0}: {1}, found by transfer {2}", file.id(), action, finding.transfer());
    }
}
