package io.reportfiles.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.reportfiles.access.Caller;
import io.reportfiles.persistence.TestDatabase;
import io.reportfiles.web.PageRequest;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What {@link TransferLedger} and {@link AuditLog} promise on every database. */
abstract class AuditContract {

    private static final Instant NOW = Instant.parse("2024-03-31T01:30:00.000001Z"); // in the hour that Europe skips
    private static final PageRequest FIRST = new PageRequest(1, 10);
    private static final NewTransfer TRANSFER = new NewTransfer(
            Optional.empty(),
            Optional.empty(),
            "192.0.2.1",
            "curl/8\r\nforged: line" + "x".repeat(500),
            "GET",
            Optional.of(new TransferRange(10, 5)));
    private static final TransferFilter ALL = new TransferFilter(
            Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());
    private static final AuditFilter ALL_EVENTS = new AuditFilter(
            Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());

    private TestDatabase database;
    private TransferLedger ledger;
    private AuditLog audit;

    abstract TestDatabase create();

    @BeforeEach
    void start() {
        database = create();
        Clock clock = Clock.fixed(NOW, ZoneOffset.UTC);
        ledger = new TransferLedger(database.entities(), database.transactions(), clock);
        audit = new AuditLog(database.entities(), clock);
    }

    @AfterEach
    void stop() {
        database.close();
    }

    @Test
    void transferIsEndedOnce() {
        UUID id = ledger.begin(TRANSFER);
        assertThat(transfers(ALL)).singleElement().satisfies(transfer -> {
            assertThat(transfer.outcome()).isEqualTo(TransferOutcome.STARTED);
            assertThat(transfer.endedAt()).isEmpty();
        });
        ledger.end(id, TransferOutcome.CLIENT_GONE, 3);
        ledger.end(id, TransferOutcome.COMPLETE, 5);
        assertThat(transfers(ALL)).singleElement().satisfies(transfer -> {
            assertThat(transfer.id()).isEqualTo(id);
            assertThat(transfer.startedAt()).isEqualTo(NOW);
            assertThat(transfer.endedAt()).contains(NOW);
            assertThat(transfer.outcome()).isEqualTo(TransferOutcome.CLIENT_GONE);
            assertThat(transfer.bytes()).isEqualTo(3);
            assertThat(transfer.range()).contains(new TransferRange(10, 5));
            assertThat(transfer.account()).isEmpty();
        });
    }

    @Test
    void transferOfAFileByAnAccountNamesBoth() {
        UUID file = UUID.randomUUID();
        Caller ann = new Caller(UUID.randomUUID(), "ann", Set.of(), Optional.empty(), Optional.empty());
        FileRow.insert(database, file, ann);
        ledger.record(
                new NewTransfer(Optional.of(file), Optional.of(ann), "::1", "", "GET", Optional.empty()),
                TransferOutcome.REFUSED);
        assertThat(transfers(TransferFilter.ofReportFile(file))).singleElement().satisfies(transfer -> {
            assertThat(transfer.reportFile()).contains(file);
            assertThat(transfer.account()).contains("ann");
            assertThat(transfer.range()).isEmpty();
        });
    }

    @Test
    void whatAClientSentFitsAndForgesNoLines() {
        ledger.record(TRANSFER, TransferOutcome.REFUSED);
        assertThat(transfers(ALL))
                .singleElement()
                .satisfies(transfer ->
                        assertThat(transfer.userAgent()).hasSize(255).startsWith("curl/8  forged: line"));
    }

    @Test
    void endIsFinal() {
        UUID id = ledger.begin(TRANSFER);
        assertThatThrownBy(() -> ledger.end(id, TransferOutcome.STARTED, 0))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> ledger.end(id, TransferOutcome.COMPLETE, -1))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void transfersAreFiltered() {
        ledger.record(TRANSFER, TransferOutcome.REFUSED);
        ledger.record(TRANSFER, TransferOutcome.NOT_MODIFIED);
        assertThat(transfers(filter(Optional.of(TransferOutcome.REFUSED), Optional.empty(), Optional.empty())))
                .hasSize(1);
        assertThat(transfers(filter(Optional.empty(), Optional.of(NOW), Optional.of(NOW.plusMillis(1)))))
                .hasSize(2);
        assertThat(transfers(filter(Optional.empty(), Optional.of(NOW.plus(Duration.ofNanos(1000))), Optional.empty())))
                .isEmpty();
        assertThat(transfers(filter(Optional.empty(), Optional.empty(), Optional.of(NOW))))
                .isEmpty();
        assertThat(transfers(TransferFilter.ofReportFile(UUID.randomUUID()))).isEmpty();
    }

    @Test
    void eventIsCommittedWithTheChangeOrNotAtAll() {
        database.transactions()
                .run(() -> audit.record(AuditAction.REGION_CREATED, "ann", "region", "N", "x".repeat(2000)));
        assertThatThrownBy(() -> database.transactions().run(() -> {
                    audit.record(AuditAction.REGION_CHANGED, "ann", "region", "N", "changed");
                    throw new IllegalStateException("the change failed");
                }))
                .isInstanceOf(IllegalStateException.class);
        assertThat(audit.list(ALL_EVENTS, FIRST).items()).singleElement().satisfies(entry -> {
            assertThat(entry.action()).isEqualTo(AuditAction.REGION_CREATED);
            assertThat(entry.occurredAt()).isEqualTo(NOW);
            assertThat(entry.detail()).hasSize(1000);
        });
    }

    @Test
    void eventsAreFiltered() {
        database.transactions().run(() -> audit.record(AuditAction.REGION_CREATED, "ann", "region", "N", "new"));
        AuditFilter matching = new AuditFilter(
                Optional.of(AuditAction.REGION_CREATED),
                Optional.of("ann"),
                Optional.of("region"),
                Optional.of("N"),
                Optional.of(NOW),
                Optional.of(NOW.plusSeconds(1)));
        assertThat(audit.list(matching, FIRST).total()).isEqualTo(1);
        AuditFilter other = new AuditFilter(
                Optional.empty(),
                Optional.of("bob"),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
        assertThat(audit.list(other, FIRST).total()).isZero();
    }

    private static TransferFilter filter(
            Optional<TransferOutcome> outcome, Optional<Instant> from, Optional<Instant> until) {
        return new TransferFilter(Optional.empty(), Optional.empty(), outcome, from, until);
    }

    private List<TransferDetails> transfers(TransferFilter filter) {
        return ledger.list(filter, FIRST).items();
    }
}
