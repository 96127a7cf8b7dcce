package io.reportfiles.ledger;

import static io.reportfiles.persistence.ListQuery.COUNTED;
import static org.assertj.core.api.Assertions.assertThat;

import io.reportfiles.audit.AuditAction;
import io.reportfiles.audit.AuditChain;
import io.reportfiles.audit.AuditFilter;
import io.reportfiles.audit.AuditLog;
import io.reportfiles.chain.MemoryBucket;
import io.reportfiles.config.LedgerSettings;
import io.reportfiles.persistence.ManyRows;
import io.reportfiles.persistence.RowsRead;
import io.reportfiles.persistence.TestDatabase;
import io.reportfiles.web.PageRequest;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** How much of a long ledger and a long audit databases read to show a page. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS) // loaded once
abstract class ManyEventsContract {

    private static final int READERS = 50;
    private static final UUID FILE = UUID.fromString("22222222-2222-4222-8222-222222222222");
    private static final long A_LITTLE_MORE_THAN_COUNTED = COUNTED + 200;
    private static final PageRequest FIRST = new PageRequest(1, 25);

    private final ManyRows rows;
    private TestDatabase database;
    private TestDatabase watched;
    private RowsRead rowsRead;
    private TransferLedger ledger;
    private TransferChain chain;
    private AuditLog audit;
    private AuditChain auditChain;

    ManyEventsContract(ManyRows rows) {
        this.rows = rows;
    }

    @BeforeAll
    void load() {
        database = rows.create();
        rows.fill(database, """
                insert into transfer (id, node_id, asked_for, account_name, remote_address, user_agent, method, started_at,
                    ended_at, outcome, bytes_sent)
                select new_uuid, new_uuid, '/files/x', 'reader' || mod(t.n, %d), '192.0.2.1', 'curl', 'GET',
                    timestamp with time zone '2024-01-01 00:00:00+00' + interval '1' second * t.n,
                    timestamp with time zone '2025-01-01 00:00:00+00', 'COMPLETE', 1
                from numbers(%d) t""".formatted(READERS, ManyRows.COUNT));
        rows.fill(database, """
                insert into audit_event (id, occurred_at, action, actor, subject_type, subject_id, detail)
                select new_uuid, timestamp with time zone '2024-01-01 00:00:00+00' + interval '1' minute * e.n,
                    case when mod(e.n, 100) = 0 then 'FILE_WITHDRAWN' else 'FILE_SUBMITTED' end,
                    'actor' || mod(e.n, %d), 'report-file', 'file' || e.n, ''
                from numbers(%d) e""".formatted(READERS, ManyRows.COUNT));
        database.execute("analyze");
        rowsRead = new RowsRead(database.dataSource());
        watched = database.through(rowsRead.dataSource());
        Clock clock = Clock.systemUTC();
        NodeLease lease = new NodeLease(
                watched.entities(),
                watched.transactions(),
                new LedgerSettings(Optional.empty(), Duration.ofSeconds(20), Duration.ofHours(1)),
                clock);
        chain = new TransferChain(watched.entities(), watched.transactions(), clock, new MemoryBucket().anchors());
        ledger = new TransferLedger(
                watched.entities(), watched.transactions(), clock, lease, chain, Runnable::run, finding -> {});
        audit = new AuditLog(watched.entities(), clock);
        auditChain = new AuditChain(watched.entities(), watched.transactions(), clock, new MemoryBucket().anchors());
    }

    @AfterAll
    void drop() {
        watched.close();
        database.close();
    }

    @Test
    void theLastTransfersAreReadAlone() throws Exception {
        assertThat(ledger.list(transfers(Optional.empty(), Optional.empty()), FIRST)
                        .totalIsExact())
                .isFalse();
        assertRead(() -> ledger.list(transfers(Optional.empty(), Optional.empty()), FIRST), A_LITTLE_MORE_THAN_COUNTED);
        assertRead(
                () -> ledger.list(transfers(Optional.empty(), Optional.of(TransferOutcome.COMPLETE)), FIRST),
                A_LITTLE_MORE_THAN_COUNTED);
    }

    @Test
    void thoseOfAnAccountAreFoundAmongItsOwn() throws Exception {
        assertRead(
                () -> ledger.list(transfers(Optional.of("reader7"), Optional.empty()), FIRST),
                4L * ManyRows.COUNT / READERS + 100);
        assertRead(() -> ledger.list(TransferFilter.ofReportFile(FILE), FIRST), 10);
    }

    @Test
    void theLastChangesAreReadAlone() throws Exception {
        assertRead(() -> audit.list(changes(Optional.empty(), Optional.empty()), FIRST), A_LITTLE_MORE_THAN_COUNTED);
        assertRead(
                () -> audit.list(changes(Optional.of(AuditAction.FILE_SUBMITTED), Optional.empty()), FIRST),
                A_LITTLE_MORE_THAN_COUNTED + (rows == ManyRows.H2 ? 2L : 0) * ManyRows.COUNT); // H2 sorts
    }

    @Test
    void rareChangesAndThoseOfAnActorAreFoundAmongTheirOwn() throws Exception {
        assertRead(
                () -> audit.list(changes(Optional.of(AuditAction.FILE_WITHDRAWN), Optional.empty()), FIRST),
                30L * ManyRows.COUNT / READERS);
        assertRead(
                () -> audit.list(changes(Optional.empty(), Optional.of("actor7")), FIRST),
                30L * ManyRows.COUNT / READERS);
    }

    @Test
    void aLongChainIsMadeLongerAtItsEnd() throws Exception {
        chain.lookBack();
        assertThat(chain.verify(Optional.empty()).number()).isGreaterThanOrEqualTo(ManyRows.COUNT);
        ledger.record(LedgerScene.TRANSFER, TransferOutcome.REFUSED, 404);
        assertRead(chain::seal, 10);

        auditChain.seal();
        // A database gathers statistics of the new rows by itself, sooner or later: the plan must be as good with them.
        database.execute("analyze");
        assertThat(auditChain.verify(Optional.empty()).number()).isGreaterThanOrEqualTo(ManyRows.COUNT);
        assertRead(auditChain::seal, 2 * 61 + 10); // an hour of events and their seals: one may be committed late
    }

    private void assertRead(Runnable list, long most) throws Exception {
        long read = rowsRead.during(list);
        assertThat(read)
                .as("rows read of %d%n%s", ManyRows.COUNT, rowsRead.plans())
                .isLessThanOrEqualTo(most);
    }

    private static TransferFilter transfers(Optional<String> account, Optional<TransferOutcome> outcome) {
        return new TransferFilter(
                Optional.empty(),
                account,
                outcome,
                Optional.of(Instant.parse("2023-01-01T00:00:00Z")),
                Optional.empty());
    }

    private static AuditFilter changes(Optional<AuditAction> action, Optional<String> actor) {
        return new AuditFilter(action, actor, Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());
    }
}
