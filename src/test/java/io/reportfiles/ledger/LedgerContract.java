package io.reportfiles.ledger;

import static io.reportfiles.ledger.LedgerScene.ALL;
import static io.reportfiles.ledger.LedgerScene.FIRST;
import static io.reportfiles.ledger.LedgerScene.NOW;
import static io.reportfiles.ledger.LedgerScene.TRANSFER;
import static io.reportfiles.ledger.LedgerScene.begin;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertTimeout;

import io.reportfiles.access.Caller;
import io.reportfiles.chain.MemoryBucket;
import io.reportfiles.persistence.CommitFailedException;
import io.reportfiles.persistence.MovableClock;
import io.reportfiles.persistence.TestDatabase;
import io.reportfiles.persistence.Transactions;
import io.reportfiles.web.QueryParameters;
import io.reportfiles.web.problem.ProblemException;
import jakarta.ws.rs.core.MultivaluedHashMap;
import jakarta.ws.rs.core.MultivaluedMap;
import java.sql.SQLTransientConnectionException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What {@link TransferLedger} promises on every database. */
abstract class LedgerContract {

    private LedgerScene scene;
    private TestDatabase database;
    private MovableClock clock;
    private NodeLease lease;
    private TransferLedger ledger;

    abstract TestDatabase create();

    @BeforeEach
    void start() {
        scene = new LedgerScene(create());
        database = scene.database();
        clock = scene.clock();
        lease = scene.lease();
        ledger = scene.ledger();
    }

    @AfterEach
    void stop() {
        scene.close();
    }

    @Test
    void transferIsEndedOnce() {
        UUID id = begin(ledger, TRANSFER);
        assertThat(scene.transfers(ALL)).singleElement().satisfies(transfer -> {
            assertThat(transfer.outcome()).isEqualTo(TransferOutcome.STARTED);
            assertThat(transfer.endedAt()).isEmpty();
        });
        ledger.end(id, TransferOutcome.CLIENT_GONE, 3);
        ledger.end(id, TransferOutcome.COMPLETE, 5);
        assertThat(scene.transfers(ALL)).singleElement().satisfies(transfer -> {
            assertThat(transfer.id()).isEqualTo(id);
            assertThat(transfer.startedAt()).isEqualTo(NOW);
            assertThat(transfer.endedAt()).contains(NOW);
            assertThat(transfer.outcome()).isEqualTo(TransferOutcome.CLIENT_GONE);
            assertThat(transfer.bytes()).isEqualTo(3);
            assertThat(transfer.range()).contains(new TransferRange(10, 5));
            assertThat(transfer.ranges()).isEmpty();
            assertThat(transfer.fileBytes()).contains(100L);
            assertThat(transfer.askedFor()).contains("/files/unknown");
            assertThat(transfer.account()).isEmpty();
            assertThat(transfer.status()).isEmpty();
        });
    }

    @Test
    void transfersAreCountedByTheDaysOfAZone() {
        begin(ledger, TRANSFER); // 02:30 in Berlin is skipped on this day: it is 03:30, still the 31st
        moveTo("2024-03-31T21:59:59Z");
        ledger.record(TRANSFER, TransferOutcome.REFUSED, 404);
        moveTo("2024-03-31T22:00:00Z"); // the 1st of April in Berlin, by summer time
        ledger.end(begin(ledger, TRANSFER), TransferOutcome.COMPLETE, 5);
        moveTo("2024-04-02T00:00:00Z");

        TransferSummary summary = summary("by", "day,outcome", "zone", "Europe/Berlin");
        assertThat(summary.items())
                .containsExactlyInAnyOrder(
                        group("2024-03-31", "STARTED", 1, 0),
                        group("2024-03-31", "REFUSED", 1, 0),
                        group("2024-04-01", "COMPLETE", 1, 5));
        assertThat(summary("until", "2024-03-31T22:00:00Z").items())
                .extracting(TransferSummary.Item::transfers)
                .containsExactly(2L);
        assertThat(summary("by", "organisation").items())
                .extracting(TransferSummary.Item::organisation)
                .containsExactly(Optional.empty());
    }

    private TransferSummary summary(String... parameters) {
        MultivaluedMap<String, String> query = new MultivaluedHashMap<>();
        for (int i = 0; i < parameters.length; i += 2) {
            query.add(parameters[i], parameters[i + 1]);
        }
        return new TransferSummaries(database.entities(), ledger, clock).count(new QueryParameters(query));
    }

    private void moveTo(String time) {
        clock.advance(Duration.between(clock.instant(), Instant.parse(time)));
    }

    private static TransferSummary.Item group(String day, String outcome, long transfers, long bytes) {
        return new TransferSummary.Item(Optional.of(day), Optional.of(outcome), Optional.empty(), transfers, bytes);
    }

    @Test
    void bytesTakenElsewhereAreThoseSentOrPromised() {
        Caller ann = new Caller(UUID.randomUUID(), "ann", Set.of(), Optional.empty(), Optional.empty());
        FileRow.insert(database, UUID.randomUUID(), ann);
        NewTransfer whole = new NewTransfer(
                Optional.empty(),
                Optional.of("/files/x"),
                Optional.of(ann),
                "::1",
                "",
                "GET",
                Optional.of(100L),
                List.of());
        TransferLedger there = scene.ledger(scene.node(Optional.empty()));
        begin(there, whole);
        begin(there, whole.ofRanges(List.of(new TransferRange(10, 5)), 100));
        there.end(begin(there, whole), TransferOutcome.CLIENT_GONE, 7);
        there.end(begin(there, TRANSFER), TransferOutcome.COMPLETE, 1000); // of nobody
        there.record(whole, TransferOutcome.REFUSED, 429);
        there.writeEnds();
        begin(ledger, whole);

        assertThat(ledger.bytesElsewhere(List.of("ann", "bob"), NOW)).isEqualTo(Map.of("ann", 112L));
        assertThat(ledger.bytesElsewhere(List.of("ann"), NOW.plusSeconds(1))).isEmpty();
        assertThat(there.bytesElsewhere(List.of("ann"), NOW)).isEqualTo(Map.of("ann", 100L));
    }

    @Test
    void beginIsCommittedWhenItReturns() {
        UUID id = begin(ledger, TRANSFER);
        assertThat(scene.ledger(lease)
                        .list(ALL, FIRST)
                        .items()) // nothing that this ledger keeps in memory plays a part
                .extracting(TransferDetails::id)
                .containsExactly(id);
    }

    @Test
    void severalRangesAreKept() {
        begin(ledger, TRANSFER.ofRanges(List.of(new TransferRange(90, 10), new TransferRange(0, 5)), 100));
        assertThat(scene.transfers(ALL)).singleElement().satisfies(transfer -> {
            assertThat(transfer.range()).contains(new TransferRange(0, 100));
            assertThat(transfer.ranges()).contains("90-99,0-4");
        });
    }

    @Test
    void transferOfAFileByAnAccountNamesBoth() {
        UUID file = UUID.randomUUID();
        Caller ann = new Caller(UUID.randomUUID(), "ann", Set.of(), Optional.empty(), Optional.empty());
        FileRow.insert(database, file, ann);
        NewTransfer transfer = new NewTransfer(
                Optional.of(file), Optional.empty(), Optional.of(ann), "::1", "", "GET", Optional.empty(), List.of());
        ledger.record(transfer, TransferOutcome.REFUSED, 403);
        assertThat(scene.transfers(TransferFilter.ofReportFile(file)))
                .singleElement()
                .satisfies(row -> {
                    assertThat(row.reportFile()).contains(file);
                    assertThat(row.askedFor()).isEmpty();
                    assertThat(row.account()).contains("ann");
                    assertThat(row.range()).isEmpty();
                    assertThat(row.status()).contains(403);
                    assertThat(row.endedAt()).contains(NOW);
                });
    }

    @Test
    void whatAClientSentFitsAndForgesNoLines() {
        ledger.record(TRANSFER, TransferOutcome.REFUSED, 404);
        assertThat(scene.transfers(ALL))
                .singleElement()
                .satisfies(transfer ->
                        assertThat(transfer.userAgent()).hasSize(255).startsWith("curl/8  forged: line "));
    }

    @Test
    void endIsFinal() {
        UUID id = begin(ledger, TRANSFER);
        assertThatThrownBy(() -> ledger.end(id, TransferOutcome.STARTED, 0))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> ledger.end(id, TransferOutcome.COMPLETE, -1))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> ledger.record(TRANSFER, TransferOutcome.STARTED, 200))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void transfersAreFiltered() {
        ledger.record(TRANSFER, TransferOutcome.REFUSED, 404);
        ledger.record(TRANSFER, TransferOutcome.NOT_MODIFIED, 304);
        assertThat(scene.transfers(filter(Optional.of(TransferOutcome.REFUSED), Optional.empty(), Optional.empty())))
                .hasSize(1);
        assertThat(scene.transfers(filter(Optional.empty(), Optional.of(NOW), Optional.of(NOW.plusMillis(1)))))
                .hasSize(2);
        assertThat(scene.transfers(
                        filter(Optional.empty(), Optional.of(NOW.plus(Duration.ofNanos(1000))), Optional.empty())))
                .isEmpty();
        assertThat(scene.transfers(filter(Optional.empty(), Optional.empty(), Optional.of(NOW))))
                .isEmpty();
        assertThat(scene.transfers(TransferFilter.ofReportFile(UUID.randomUUID())))
                .isEmpty();
    }

    @Test
    void allAreHandedOutInTheirOrder() {
        for (int i = 0; i < 600; i++) { // more than one part; many of the same instant
            if (i % 200 == 0) {
                clock.advance(Duration.ofSeconds(1));
            }
            begin(ledger, TRANSFER);
        }
        List<TransferDetails> all = new ArrayList<>();
        ledger.forEach(ALL, all::add);
        assertThat(all).extracting(TransferDetails::id).hasSize(600).doesNotHaveDuplicates();
        assertThat(all).extracting(TransferDetails::startedAt).isSortedAccordingTo(Comparator.reverseOrder());
    }

    @Test
    void damageIsFoundOnceTheEndIsWritten() {
        UUID file = UUID.randomUUID();
        Caller ann = new Caller(UUID.randomUUID(), "ann", Set.of(), Optional.empty(), Optional.empty());
        FileRow.insert(database, file, ann);
        UUID damaged = begin(ledger, TRANSFER.ofFile(file));
        UUID intact = begin(ledger, TRANSFER.ofFile(file));
        ledger.end(damaged, TransferOutcome.INTEGRITY_FAILED, 0);
        ledger.endIntact(intact, 100);
        assertThat(scene.findings()).isEmpty();
        ledger.writeEnds();
        assertThat(scene.findings())
                .containsExactly(new IntegrityFinding(file, damaged, false), new IntegrityFinding(file, intact, true));
    }

    @Test
    void damageIsCommittedWhenItsEndWasAwaited() {
        UUID file = UUID.randomUUID();
        Caller ann = new Caller(UUID.randomUUID(), "ann", Set.of(), Optional.empty(), Optional.empty());
        FileRow.insert(database, file, ann);
        UUID damaged = begin(ledger, TRANSFER.ofFile(file));
        ledger.end(damaged, TransferOutcome.INTEGRITY_FAILED, 0);
        ledger.awaitEnds();
        assertThat(scene.findings()).containsExactly(new IntegrityFinding(file, damaged, false));
    }

    @Test
    void endIsNotAwaitedForLongWhileTheDatabaseHangs() {
        TransferLedger hanging = new TransferLedger(
                database.entities(),
                database.transactions(),
                clock,
                scene.lease(),
                scene.chain(),
                task -> {},
                scene.findings()::add);
        hanging.end(begin(ledger, TRANSFER), TransferOutcome.INTEGRITY_FAILED, 0);
        assertTimeout(Duration.ofSeconds(10), hanging::awaitEnds);
        hanging.writeEnds();
        assertThat(scene.outcomes()).as("written later").containsExactly(TransferOutcome.INTEGRITY_FAILED);
    }

    @Test
    void rowWhoseCommitWasNotHeardOfIsEnded() {
        AtomicBoolean lost = new AtomicBoolean();
        Transactions answersAreLost = new Transactions() {
            @Override
            public <T> T call(Supplier<T> work) {
                T result = database.transactions().call(work);
                if (lost.get()) {
                    throw new CommitFailedException(new IllegalStateException("the answer was lost, on purpose"));
                }
                return result;
            }
        };
        TransferLedger unheard = new TransferLedger(
                database.entities(),
                answersAreLost,
                clock,
                scene.lease(),
                scene.chain(),
                Runnable::run,
                scene.findings()::add);
        lost.set(true);
        assertThatThrownBy(() -> begin(unheard, TRANSFER)).isInstanceOf(ProblemException.class);
        assertThat(scene.outcomes()).containsExactly(TransferOutcome.STARTED);
        assertThatThrownBy(unheard::writeEnds).isInstanceOf(CommitFailedException.class);
        lost.set(false);
        unheard.writeEnds(); // again, since that was not heard of either
        scene.chain().seal();
        assertThat(scene.outcomes()).containsExactly(TransferOutcome.INTERRUPTED);
        assertThat(scene.findings()).isEmpty();
    }

    @Test
    void rowWhoseCommitComesThroughLateIsEndedAsWell() {
        List<Runnable> underWay = new ArrayList<>();
        Transactions late = new Transactions() {
            @Override
            public <T> T call(Supplier<T> work) {
                if (underWay.isEmpty()) {
                    underWay.add(() -> database.transactions().call(work));
                    throw new CommitFailedException(new IllegalStateException("no answer, on purpose"));
                }
                return database.transactions().call(work);
            }
        };
        TransferLedger unheard = new TransferLedger(
                database.entities(), late, clock, scene.lease(), scene.chain(), Runnable::run, scene.findings()::add);
        assertThatThrownBy(() -> begin(unheard, TRANSFER)).isInstanceOf(ProblemException.class);
        unheard.writeEnds();
        underWay.get(0).run();
        assertThat(scene.outcomes()).containsExactly(TransferOutcome.STARTED);
        clock.advance(Duration.ofMinutes(3));
        unheard.writeEnds();
        assertThat(scene.outcomes()).containsExactly(TransferOutcome.INTERRUPTED);
    }

    @Test
    void endAfterTheStopIsWrittenAtOnce() {
        UUID late = begin(ledger, TRANSFER);
        ledger.stop();
        ledger.end(late, TransferOutcome.INTERRUPTED, 7);
        assertThat(scene.ledger(lease).list(ALL, FIRST).items())
                .singleElement()
                .satisfies(row -> assertThat(row.bytes()).isEqualTo(7));
    }

    @Test
    void stopDoesNotDependOnTheChain() {
        ledger.end(begin(ledger, TRANSFER), TransferOutcome.COMPLETE, 5);
        database.execute("alter table transfer_seal rename to away");
        ledger.stop();
        assertThat(scene.outcomes()).containsExactly(TransferOutcome.COMPLETE);
    }

    @Test
    void aChainThatFailsIsNotTakenForADatabaseThatDoes() {
        TransferLedger unchained = scene.ledger(
                lease,
                new TransferChain(database.entities(), database.transactions(), clock, new MemoryBucket().anchors()) {
                    @Override
                    void add(Collection<UUID> ended) {
                        throw new IllegalStateException(new SQLTransientConnectionException());
                    }
                });
        unchained.record(TRANSFER, TransferOutcome.REFUSED, 404);
        unchained.end(begin(unchained, TRANSFER), TransferOutcome.COMPLETE, 5);
        unchained.writeEnds();
        assertThat(scene.outcomes()).containsExactlyInAnyOrder(TransferOutcome.REFUSED, TransferOutcome.COMPLETE);
    }

    private static TransferFilter filter(
            Optional<TransferOutcome> outcome, Optional<Instant> from, Optional<Instant> until) {
        return new TransferFilter(Optional.empty(), Optional.empty(), outcome, from, until);
    }
}
