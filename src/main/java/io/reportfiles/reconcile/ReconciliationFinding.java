package io.reportfiles.reconcile;

import io.reportfiles.persistence.ColumnText;
import io.reportfiles.reportfile.ReportFileId;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.NamedQuery;
import jakarta.persistence.Table;
import java.util.Optional;
import java.util.UUID;

/** What a run found, as a row. */
@Entity
@Table(name = "reconciliation_finding")
@NamedQuery(name = "ReconciliationFinding.delete", query = """
                delete from ReconciliationFinding f where f.reconciliation in :ids""")
class ReconciliationFinding {

    private static final int MAX_KEY = 1024;
    private static final int MAX_DETAIL = 500;

    @Id
    @Column(name = "id")
    private UUID id;

    @Column(name = "reconciliation_id")
    private UUID reconciliation;

    @Column(name = "position")
    private long position;

    @Enumerated(EnumType.STRING)
    @Column(name = "kind")
    private FindingKind kind;

    @Column(name = "object_key")
    private String key;

    @Column(name = "report_file")
    private String reportFile; // null: no row names the object

    @Column(name = "detail")
    private String detail;

    @Enumerated(EnumType.STRING)
    @Column(name = "action")
    private FindingAction action;

    protected ReconciliationFinding() {}

    ReconciliationFinding(UUID reconciliation, long position, Finding finding) {
        id = UUID.randomUUID();
        this.reconciliation = reconciliation;
        this.position = position;
        kind = finding.kind();
        key = ColumnText.cut(finding.key(), MAX_KEY);
        reportFile = finding.reportFile().map(ReportFileId::toString).orElse(null);
        detail = ColumnText.cut(finding.detail(), MAX_DETAIL);
        action = finding.action();
    }

    Finding finding() {
        return new Finding(kind, key, Optional.ofNullable(reportFile).map(ReportFileId::parse), detail, action);
    }
}
