package io.reportfiles.audit;

import io.reportfiles.persistence.ColumnText;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.NamedQuery;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.UUID;

/** One row of the audit. Nothing changes it. */
@Entity
@Table(name = "audit_event")
@NamedQuery(name = "AuditEvent.unsealed", query = """
                select e from AuditEvent e
                where e.occurredAt >= :since and not exists (select s.number from AuditSeal s where s.event = e.id)
                order by e.occurredAt, e.id""")
@NamedQuery(name = "AuditEvent.countUnsealed", query = """
                select count(e) from AuditEvent e
                where e.occurredAt < :before and not exists (select s.number from AuditSeal s where s.event = e.id)""")
class AuditEvent {

    @Id
    @Column(name = "id")
    private UUID id;

    @Column(name = "occurred_at")
    private Instant occurredAt;

    @Enumerated(EnumType.STRING)
    @Column(name = "action")
    private AuditAction action;

    @Column(name = "actor")
    private String actor;

    @Column(name = "subject_type")
    private String subjectType;

    @Column(name = "subject_id")
    private String subjectId;

    @Column(name = "detail")
    private String detail;

    protected AuditEvent() {}

    AuditEvent(
            AuditAction action, String actor, String subjectType, String subjectId, String detail, Instant occurredAt) {
        id = UUID.randomUUID();
        this.occurredAt = occurredAt;
        this.action = action;
        this.actor = ColumnText.cut(actor, 255);
        this.subjectType = ColumnText.cut(subjectType, 64);
        this.subjectId = ColumnText.cut(subjectId, 255);
        this.detail = ColumnText.cut(detail, 1000);
    }

    AuditEntry entry() {
        return new AuditEntry(id, occurredAt, action, actor, subjectType, subjectId, detail);
    }
}
