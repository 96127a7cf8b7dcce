package io.reportfiles.audit;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.NamedQuery;
import jakarta.persistence.Table;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.UUID;

/** One link of the audit's chain: the hash of an event and of the link before. Nothing changes it. */
@Entity
@Table(name = "audit_seal")
@NamedQuery(name = "AuditSeal.last", query = "select s from AuditSeal s order by s.number desc")
@NamedQuery(
        name = "AuditSeal.after",
        query = "select s, e from AuditSeal s left join AuditEvent e on e.id = s.event where s.number > :number"
                + " order by s.number")
class AuditSeal {

    /** What the first link has before it. */
    static final String NOTHING = "0".repeat(64);

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
        hash = hash(number, hashBefore, entry);
        sealedAt = now;
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

    /**
     * SHA-256 in hexadecimal of the hash before, the number and the fields of the event: each as UTF-8 behind its length in
     * four bytes, so that no two rows are written alike. Documented for who verifies without us: it does not change.
     */
    static String hash(long number, String hashBefore, AuditEntry entry) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            for (String field : new String[] {
                hashBefore,
                Long.toString(number),
                entry.id().toString(),
                entry.occurredAt().toString(),
                entry.action().name(),
                entry.actor(),
                entry.subjectType(),
                entry.subjectId(),
                entry.detail()
            }) {
                byte[] bytes = field.getBytes(StandardCharsets.UTF_8);
                digest.update(
                        ByteBuffer.allocate(Integer.BYTES).putInt(bytes.length).array());
                digest.update(bytes);
            }
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException e) { // every Java has it
            throw new IllegalStateException(e);
        }
    }
}
