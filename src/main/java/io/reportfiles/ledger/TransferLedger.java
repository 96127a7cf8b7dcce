package io.reportfiles.ledger;

import io.reportfiles.ledger.TransferEnd.Finding;
import io.reportfiles.persistence.BackgroundThreads;
import io.reportfiles.persistence.TimeOrderedUuid;
import io.reportfiles.persistence.Transactions;
import io.reportfiles.web.Page;
import io.reportfiles.web.PageRequest;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;

/**
 * The ledger of transfers: one row for each, ended at most once. Rows of transfers that begin or are refused at the same
 * time share one transaction; how transfers ended is written down soon afterwards. No connection is held when a method
 * returns. Any number of threads may call at once.
 */
@ApplicationScoped
public class TransferLedger {

    private static final Logger LOG = System.getLogger(TransferLedger.class.getName());

    /** More would keep those in front waiting for longer than those behind gain. */
    private static final int ROWS_AT_ONCE = 256;

    /** So that threads do not pile up behind a database that takes its time to say no. */
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    /** Shorter than a reader's own patience, for a connection waits meanwhile to be broken. */
    private static final Duration PATIENCE_WITH_ENDS = Duration.ofSeconds(3);

    private static final int ENDS_WAITING = 65_536; // some 10 MiB

    private EntityManager entities;
    private Transactions transactions;
    private Clock clock;
    private NodeLease node;
    private TransferChain chain;
    private Consumer<IntegrityFinding> findings;
    private GroupCommit<List<TransferRow>> rows;
    private TransferEnds ends;
    private Executor threads;
    private volatile boolean stopping;

    /** For the client proxy. */
    protected TransferLedger() {}

    @Inject
    TransferLedger(
            EntityManager entities,
            Transactions transactions,
            Clock clock,
            NodeLease node,
            TransferChain chain,
            BackgroundThreads threads,
            Event<IntegrityFinding> findings) {
        this(entities, transactions, clock, node, chain, threads, findings::fire);
    }

    TransferLedger(
            EntityManager entities,
            Transactions transactions,
            Clock clock,
            NodeLease node,
            TransferChain chain,
            Executor threads,
            Consumer<IntegrityFinding> findings) {
        this.entities = entities;
        this.transactions = transactions;
        this.clock = clock;
        this.node = node;
        this.chain = chain;
        this.findings = findings;
        this.threads = threads;
        rows = new GroupCommit<>(
                group -> transactions.run(() -> TransferRows.insert(
                        entities, group.stream().flatMap(List::stream).toList())),
                entered -> entered.forEach(this::endUnheard),
                ROWS_AT_ONCE,
                PATIENCE,
                threads);
        ends = new TransferEnds(
                group -> {
                    transactions.run(() -> end(group));
                    leaveToChain(group.stream().map(TransferEnd::transfer).toList());
                },
                ENDS_WAITING,
                clock);
    }

    /** Rows that were handed in. */
    private record Entered(List<UUID> ids, GroupCommit<List<TransferRow>>.Commitment commitment)
            implements LedgerEntry {

        @Override
        public void await() {
            commitment.await();
        }
    }

    /**
     * Notes that transfers begin, together or not at all. Returns at once: there is something else to be done while the
     * database is at it. A row says {@link TransferOutcome#STARTED} until {@link #end}, or until this node is found dead.
     *
     * @return must be awaited before anything is promised to a reader
     */
    public LedgerEntry begin(List<NewTransfer> transfers) {
        return enter(transfers, TransferOutcome.STARTED, 0);
    }

    /**
     * Notes a transfer that is over before a byte was sent, such as a refused one; the row is committed when this returns.
     *
     * @param status of the answer
     */
    public void record(NewTransfer transfer, TransferOutcome outcome, int status) {
        if (!outcome.isFinal()) {
            throw new IllegalArgumentException(outcome + " is no end");
        }
        LedgerEntry entry = enter(List.of(transfer), outcome, status);
        entry.await();
        leaveToChain(entry.ids());
    }

    private LedgerEntry enter(List<NewTransfer> transfers, TransferOutcome outcome, int status) {
        Instant now = clock.instant();
        List<TransferRow> entered = transfers.stream()
                .map(transfer -> new TransferRow(TimeOrderedUuid.at(now), node.id(), transfer, now, outcome, status))
                .toList();
        return new Entered(entered.stream().map(TransferRow::id).toList(), rows.submit(entered));
    }

    /** Does not fail, since what is committed must not look as if it were not; the chain also finds it by itself. */
    private void leaveToChain(List<UUID> ended) {
        try {
            chain.add(ended);
        } catch (RuntimeException e) {
            LOG.log(Level.WARNING, () -> "%d transfers are sealed later: %s".formatted(ended.size(), e));
        }
    }

    /**
     * Notes how a transfer ended. The first end counts; another one changes nothing. Does not wait for the database: the
     * row is written soon, and a list asked for on this node knows already.
     *
     * @param outcome anything but {@link TransferOutcome#STARTED}
     * @param bytes how many bytes of the body were handed to the reader's connection, 0 or more
     */
    public void end(UUID transfer, TransferOutcome outcome, long bytes) {
        add(transfer, outcome, bytes, outcome == TransferOutcome.INTEGRITY_FAILED ? Finding.DAMAGED : Finding.NONE);
    }

    /** Ends a transfer that nothing came of, since nobody heard in time that its row was committed; it may be there. */
    private void endUnheard(TransferRow row) {
        // While the database is away there are many, and hardly one has a row: they make way for others.
        if (!row.outcome().isFinal() && ends.waiting() < ENDS_WAITING / 2) {
            ends.addUnheard(new TransferEnd(row.id(), TransferOutcome.INTERRUPTED, 0, clock.instant(), Finding.NONE));
        }
    }

    /** As {@link #end}, of a complete transfer that found all of a damaged file as it was submitted. */
    public void endIntact(UUID transfer, long bytes) {
        add(transfer, TransferOutcome.COMPLETE, bytes, Finding.INTACT);
    }

    private void add(UUID transfer, TransferOutcome outcome, long bytes, Finding finding) {
        ends.add(new TransferEnd(transfer, outcome, bytes, clock.instant(), finding));
        if (stopping) { // nobody comes by any more
            writeNow();
        }
    }

    /**
     * Returns when all ends told before are written down, or after a few seconds if the database does not take them by
     * then; they go on waiting.
     */
    public void awaitEnds() {
        try {
            CompletableFuture.runAsync(ends::write, threads).get(PATIENCE_WITH_ENDS.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException | TimeoutException | RejectedExecutionException later) {
            LOG.log(Level.DEBUG, () -> "ends of transfers are written later: " + later);
        }
    }

    /**
     * Writes down the ends that wait.
     *
     * @throws RuntimeException if the database is away: they go on waiting
     */
    void writeEnds() {
        ends.write();
    }

    /**
     * Writes down the ends that wait, and seals them if that is quickly done; from now on each one at once, since the
     * application stops.
     */
    @PreDestroy
    public void stop() {
        stopping = true;
        writeNow();
    }

    private void writeNow() {
        try {
            ends.write();
        } catch (RuntimeException e) {
            LOG.log(Level.ERROR, () -> "ends of transfers are lost to the ledger: " + e);
            return;
        }
        try {
            chain.sealBeforeStop();
        } catch (RuntimeException e) {
            LOG.log(Level.INFO, () -> "the last transfers of this node are left for others to seal: " + e);
        }
    }

    private void end(List<TransferEnd> group) {
        TransferRows.end(entities, group, clock.instant());
        for (TransferEnd end : group) {
            if (end.finding() != Finding.NONE) {
                Optional.ofNullable(entities.find(Transfer.class, end.transfer()))
                        .flatMap(Transfer::file)
                        .map(file -> new IntegrityFinding(file, end.transfer(), end.finding() == Finding.INTACT))
                        .ifPresent(findings);
            }
        }
    }

    /**
     * Commits something small, as every download and submission has to.
     *
     * @throws RuntimeException if the database takes no writes: it is away, read-only or full
     */
    public void requireWritable() {
        node.renewIfHeld();
    }

    /**
     * What accounts took, not counting this node since it was started: bytes sent by what has ended, and bytes promised by
     * what has not.
     *
     * @param names of accounts
     * @param since counts what began then or later
     * @return from name to bytes; without those who took nothing
     */
    public Map<String, Long> bytesElsewhere(Collection<String> names, Instant since) {
        return transactions.call(() -> new TransferQueries(entities).bytesElsewhere(names, since, node.id()));
    }

    /** A page of the transfers that {@code filter} lets through, the last one first. Decides no access. */
    public Page<TransferDetails> list(TransferFilter filter, PageRequest page) {
        writeEnds(); // who has just read a file finds it here
        return new TransferQueries(entities).list(filter, page);
    }

    /** Hands out all transfers that {@code filter} lets through, the last one first, without keeping them in memory. */
    public void forEach(TransferFilter filter, Consumer<TransferDetails> reader) {
        writeEnds();
        new TransferQueries(entities).forEach(filter, reader);
    }

    /** A page of the downloads that the transfers let through come to, the last one first. Decides no access. */
    public Page<JoinedDownload> listJoined(TransferFilter filter, PageRequest page) {
        writeEnds();
        return JoinedDownloads.list(entities, filter, page, clock.instant());
    }

    /** The names of the accounts to which all of a file was handed, in one transfer or in those of one download. */
    public Set<String> accountsWithWhole(UUID file) {
        writeEnds();
        return new TransferQueries(entities).accountsWithWhole(file, clock.instant());
    }
}
