package io.reportfiles.audit;

import io.reportfiles.access.Caller;
import io.reportfiles.persistence.NullableUuidColumn;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.NamedQuery;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.eclipse.persistence.annotations.Convert;
import org.eclipse.persistence.annotations.Converter;

/** One row of the ledger. Ended by an update that applies to it only once; nothing else changes it. */
@Entity
@Table(name = "transfer")
@Converter(name = NullableUuidColumn.NAME, converterClass = NullableUuidColumn.class)
@NamedQuery(name = "Transfer.end", query = """
                update Transfer t set t.outcome = :outcome, t.bytes = :bytes, t.endedAt = :endedAt
                where t.id = :id and t.outcome = io.reportfiles.audit.TransferOutcome.STARTED""")
class Transfer {

    @Id
    @Column(name = "id")
    private UUID id;

    @Convert(NullableUuidColumn.NAME)
    @Column(name = "report_file_id")
    private UUID file; // null: what was asked for does not exist

    @Convert(NullableUuidColumn.NAME)
    @Column(name = "account_id")
    private UUID accountId; // null: anonymous

    @Column(name = "account_name")
    private String accountName;

    @Column(name = "remote_address")
    private String remoteAddress;

    @Column(name = "user_agent")
    private String userAgent;

    @Column(name = "method")
    private String method;

    @Column(name = "range_first")
    private Long rangeFirst; // null: the whole file

    @Column(name = "range_length")
    private Long rangeLength;

    @Column(name = "started_at")
    private Instant startedAt;

    @Column(name = "ended_at")
    private Instant endedAt; // null: not ended

    @Enumerated(EnumType.STRING)
    @Column(name = "outcome")
    private TransferOutcome outcome;

    @Column(name = "bytes_sent")
    private long bytes;

    protected Transfer() {}

    Transfer(NewTransfer transfer, Instant now) {
        id = UUID.randomUUID();
        file = transfer.file().orElse(null);
        accountId = transfer.caller().map(Caller::accountId).orElse(null);
        accountName = transfer.caller().map(Caller::name).orElse(null);
        remoteAddress = AuditText.cut(transfer.remoteAddress(), 64);
        userAgent = AuditText.cut(transfer.userAgent(), 255);
        method = AuditText.cut(transfer.method(), 16);
        rangeFirst = transfer.range().map(TransferRange::first).orElse(null);
        rangeLength = transfer.range().map(TransferRange::length).orElse(null);
        startedAt = now;
        outcome = TransferOutcome.STARTED;
    }

    /** For a row that is not in the database yet. */
    void endAtOnce(TransferOutcome end) {
        outcome = end;
        endedAt = startedAt;
    }

    UUID id() {
        return id;
    }

    TransferDetails details() {
        return new TransferDetails(
                id,
                Optional.ofNullable(file),
                Optional.ofNullable(accountName),
                remoteAddress,
                userAgent,
                method,
                Optional.ofNullable(rangeFirst).map(first -> new TransferRange(first, rangeLength)),
                startedAt,
                Optional.ofNullable(endedAt),
                outcome,
                bytes);
    }
}
