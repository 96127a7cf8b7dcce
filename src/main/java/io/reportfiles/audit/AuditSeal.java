package io.reportfiles.audit;

import io.reportfiles.chain.ChainLink;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.NamedQuery;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;

/** One link of the audit's chain: the hash of an event and of the link before. Nothing changes it. */
@Entity
@Table(name = "audit_seal")
@NamedQuery(
        name = "AuditSeal.last", // not by descending order: H2 would read and sort the whole chain for it
        query = "select s from AuditSeal s where s.number = (select max(m.number) from AuditSeal m)")
@NamedQuery(
        name = "AuditSeal.after",
        query = "select s, e from AuditSeal s left join AuditEvent e on e.id = s.event where s.number > :number"
                + " order by s.number")
class AuditSeal {

    @Id
    @Column(name = "number")
    private long number;

    @Column(name = "event_id")
    private UUID event;

    @Column(name = "hash")
    private String hash;

    @Column(name = "sealed_at")
    private Instant sealedAt;

    protected AuditSeal() {}

    AuditSeal(long number, String hashBefore, AuditEntry entry, Instant now) {
        this.number = number;
        event = entry.id();
        ChainLink link = ChainLink.of(number, hashBefore, event, now, fields(entry));
        hash = link.hash();
        sealedAt = link.sealedAt();
    }

    long number() {
        return number;
    }

    UUID event() {
        return event;
    }

    String hash() {
        return hash;
    }

    Instant sealedAt() {
        return sealedAt;
    }

    ChainLink link() {
        return new ChainLink(number, event, sealedAt, hash);
    }

    /** What the hash is over, in this order. */
    static List<Optional<String>> fields(AuditEntry entry) {
        return Stream.of(
                        entry.id().toString(),
                        entry.occurredAt().toString(),
                        entry.action().name(),
                        entry.actor(),
                        entry.subjectType(),
                        entry.subjectId(),
                        entry.detail())
                .map(Optional::of)
                .toList();
    }
}
