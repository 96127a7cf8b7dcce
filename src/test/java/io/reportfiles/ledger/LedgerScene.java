package io.reportfiles.ledger;

import io.reportfiles.chain.MemoryBucket;
import io.reportfiles.config.LedgerSettings;
import io.reportfiles.persistence.MovableClock;
import io.reportfiles.persistence.TestDatabase;
import io.reportfiles.web.PageRequest;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** A ledger, its node, its chain and its clock over a database, and more of them for tests with several nodes. */
final class LedgerScene implements AutoCloseable {

    static final Instant NOW = Instant.parse("2024-03-31T01:30:00.000001Z"); // in the hour that Europe skips
    static final Duration LEASE = Duration.ofSeconds(20);
    static final PageRequest FIRST = new PageRequest(1, 10);
    static final NewTransfer TRANSFER = new NewTransfer(
            Optional.empty(),
            Optional.of("/files/unknown"),
            Optional.empty(),
            "192.0.2.1",
            "curl/8\r\nforged: line\0" + "x".repeat(500),
            "GET",
            Optional.of(100L),
            List.of(new TransferRange(10, 5)));
    static final TransferFilter ALL = new TransferFilter(
            Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());

    private final List<IntegrityFinding> findings = new ArrayList<>();
    private final MovableClock clock = new MovableClock(NOW);
    private final TestDatabase database;
    private final TransferChain chain;
    private final NodeLease lease;
    private final TransferLedger ledger;

    /** Takes over the database. */
    LedgerScene(TestDatabase database) {
        this.database = database;
        chain = newChain();
        lease = node(Optional.empty());
        lease.renew();
        ledger = ledger(lease);
    }

    TestDatabase database() {
        return database;
    }

    MovableClock clock() {
        return clock;
    }

    TransferChain chain() {
        return chain;
    }

    NodeLease lease() {
        return lease;
    }

    TransferLedger ledger() {
        return ledger;
    }

    /** What any of its ledgers has found out. */
    List<IntegrityFinding> findings() {
        return findings;
    }

    /** Another node, or the same one started again. */
    NodeLease node(Optional<String> name) {
        return new NodeLease(
                database.entities(),
                database.transactions(),
                new LedgerSettings(name, LEASE, Duration.ofHours(1)),
                clock);
    }

    /** The chain as another node has it. */
    TransferChain newChain() {
        return new TransferChain(database.entities(), database.transactions(), clock, new MemoryBucket().anchors());
    }

    TransferLedger ledger(NodeLease node) {
        return ledger(node, chain);
    }

    TransferLedger ledger(NodeLease node, TransferChain itsChain) {
        return new TransferLedger(
                database.entities(), database.transactions(), clock, node, itsChain, Runnable::run, findings::add);
    }

    /** A transfer that has begun: its row is there. */
    static UUID begin(TransferLedger ledger, NewTransfer transfer) {
        return beginAll(ledger, List.of(transfer)).get(0);
    }

    /** Transfers that have begun together: their rows are there. */
    static List<UUID> beginAll(TransferLedger ledger, List<NewTransfer> transfers) {
        LedgerEntry entry = ledger.begin(transfers);
        entry.await();
        return entry.ids();
    }

    /** Puts so many transfers into the chain. */
    void seal(int transfers) {
        for (int i = 0; i < transfers; i++) {
            ledger.record(TRANSFER, TransferOutcome.REFUSED, 404);
        }
        chain.seal();
    }

    List<TransferOutcome> outcomes() {
        return transfers(ALL).stream().map(TransferDetails::outcome).toList();
    }

    List<TransferDetails> transfers(TransferFilter filter) {
        return ledger.list(filter, FIRST).items();
    }

    @Override
    public void close() {
        database.close();
    }
}
