package io.reportfiles.ledger;

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

/** One row of the ledger, for reading: {@link TransferRows} writes them. */
@Entity
@Table(name = "transfer")
@Converter(name = NullableUuidColumn.NAME, converterClass = NullableUuidColumn.class)
@NamedQuery(name = "Transfer.accountsWithWhole", query = """
                select distinct t.accountName from Transfer t
                where t.file = :file and t.accountName is not null and t.rangeFirst is null and t.method = 'GET'
                and t.outcome = io.reportfiles.ledger.TransferOutcome.COMPLETE""")
@NamedQuery(name = "Transfer.interrupt", query = """
                update Transfer t set t.outcome = io.reportfiles.ledger.TransferOutcome.INTERRUPTED, t.endedAt = :now
                where t.node = :node and t.startedAt >= :since
                and t.outcome = io.reportfiles.ledger.TransferOutcome.STARTED""")
@NamedQuery(name = "Transfer.bytesElsewhere", query = """
                select t.accountName,
                    sum(case when t.outcome = io.reportfiles.ledger.TransferOutcome.STARTED
                        then coalesce(t.rangeLength, t.fileBytes, 0) else t.bytes end)
                from Transfer t
                where t.accountName in :names and t.startedAt >= :since and t.node <> :node
                group by t.accountName""")
class Transfer {

    @Id
    @Column(name = "id")
    private UUID id;

    @Column(name = "node_id")
    private UUID node;

    @Convert(NullableUuidColumn.NAME)
    @Column(name = "report_file_id")
    private UUID file; // null: what was asked for does not exist

    @Column(name = "asked_for")
    private String askedFor; // null: the file exists

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

    @Column(name = "file_bytes")
    private Long fileBytes; // null: not looked at

    @Column(name = "range_first")
    private Long rangeFirst; // null: the whole file

    @Column(name = "range_length")
    private Long rangeLength;

    @Column(name = "ranges")
    private String ranges; // null: not more than one

    @Column(name = "status")
    private Integer status; // null: something was transferred

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

    Optional<UUID> file() {
        return Optional.ofNullable(file);
    }

    TransferDetails details() {
        return new TransferDetails(
                id,
                file(),
                Optional.ofNullable(askedFor),
                Optional.ofNullable(accountName),
                remoteAddress,
                userAgent,
                method,
                Optional.ofNullable(rangeFirst).map(first -> new TransferRange(first, rangeLength)),
                Optional.ofNullable(ranges),
                Optional.ofNullable(fileBytes),
                Optional.ofNullable(status),
                startedAt,
                Optional.ofNullable(endedAt),
                outcome,
                bytes);
    }
}
