package io.reportfiles.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.reportfiles.access.Caller;
import io.reportfiles.config.LedgerSettings;
import io.reportfiles.persistence.MovableClock;
import io.reportfiles.persistence.TestDatabase;
import io.reportfiles.web.Page;
import io.reportfiles.web.PageRequest;
import io.reportfiles.web.QueryParameters;
import jakarta.ws.rs.core.MultivaluedHashMap;
import jakarta.ws.rs.core.MultivaluedMap;
import java.sql.SQLTransientConnectionException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** What {@link TransferLedger} and {@link NodeLease} promise on every database. */
abstract class LedgerContract {

    private static final Instant NOW = Instant.parse("2024-03-31T01:30:00.000001Z"); // in the hour that Europe skips
    private static final Duration LEASE = Duration.ofSeconds(20);
    private static final PageRequest FIRST = new PageRequest(1, 10);
    private static final NewTransfer TRANSFER = new NewTransfer(
            Optional.empty(),
            Optional.of("/files/unknown"),
            Optional.empty(),
            "192.0.2.1",
            "curl/8\r\nforged: line\0" + "x".repeat(500),
            "GET",
            Optional.of(100L),
            List.of(new TransferRange(10, 5)));
    private static final TransferFilter ALL = new TransferFilter(
            Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());

    private final List<IntegrityFinding> findings = new ArrayList<>();
    private final MovableClock clock = new MovableClock(NOW);
    private TestDatabase database;
    private NodeLease lease;
    private TransferChain chain;
    private TransferLedger ledger;

    abstract TestDatabase create();

    @BeforeEach
    void start() {
        database = create();
        chain = new TransferChain(database.entities(), database.transactions(), clock);
        lease = lease(Optional.empty());
        lease.renew();
        ledger = ledger(lease);
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
            assertThat(transfer.ranges()).isEmpty();
            assertThat(transfer.fileBytes()).contains(100L);
            assertThat(transfer.askedFor()).contains("/files/unknown");
            assertThat(transfer.account()).isEmpty();
            assertThat(transfer.status()).isEmpty();
        });
    }

    @Test
    void transfersAreCountedByTheDaysOfAZone() {
        ledger.begin(TRANSFER); // 02:30 in Berlin is skipped on this day: it is 03:30, still the 31st
        moveTo("2024-03-31T21:59:59Z");
        ledger.record(TRANSFER, TransferOutcome.REFUSED, 404);
        moveTo("2024-03-31T22:00:00Z"); // the 1st of April in Berlin, by summer time
        ledger.end(ledger.begin(TRANSFER), TransferOutcome.COMPLETE, 5);
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
        TransferLedger there = ledger(lease(Optional.empty()));
        there.begin(whole);
        there.begin(whole.ofRanges(List.of(new TransferRange(10, 5)), 100));
        there.end(there.begin(whole), TransferOutcome.CLIENT_GONE, 7);
        there.end(there.begin(TRANSFER), TransferOutcome.COMPLETE, 1000); // of nobody
        there.record(whole, TransferOutcome.REFUSED, 429);
        there.writeEnds();
        ledger.begin(whole);

        assertThat(ledger.bytesElsewhere(List.of("ann", "bob"), NOW)).isEqualTo(Map.of("ann", 112L));
        assertThat(ledger.bytesElsewhere(List.of("ann"), NOW.plusSeconds(1))).isEmpty();
        assertThat(there.bytesElsewhere(List.of("ann"), NOW)).isEqualTo(Map.of("ann", 100L));
    }

    @Test
    void beginIsCommittedWhenItReturns() {
        UUID id = ledger.begin(TRANSFER);
        assertThat(ledger(lease).list(ALL, FIRST).items()) // nothing that this ledger keeps in memory plays a part
                .extracting(TransferDetails::id)
                .containsExactly(id);
    }

    @Test
    void severalRangesAreKept() {
        ledger.begin(TRANSFER.ofRanges(List.of(new TransferRange(90, 10), new TransferRange(0, 5)), 100));
        assertThat(transfers(ALL)).singleElement().satisfies(transfer -> {
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
        assertThat(transfers(TransferFilter.ofReportFile(file))).singleElement().satisfies(row -> {
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
        assertThat(transfers(ALL))
                .singleElement()
                .satisfies(transfer ->
                        assertThat(transfer.userAgent()).hasSize(255).startsWith("curl/8  forged: line "));
    }

    @Test
    void endIsFinal() {
        UUID id = ledger.begin(TRANSFER);
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
    void allAreHandedOutInTheirOrder() {
        for (int i = 0; i < 600; i++) { // more than one part; many of the same instant
            if (i % 200 == 0) {
                clock.advance(Duration.ofSeconds(1));
            }
            ledger.begin(TRANSFER);
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
        UUID damaged = ledger.begin(TRANSFER.ofFile(file));
        UUID intact = ledger.begin(TRANSFER.ofFile(file));
        ledger.end(damaged, TransferOutcome.INTEGRITY_FAILED, 0);
        ledger.endIntact(intact, 100);
        assertThat(findings).isEmpty();
        ledger.writeEnds();
        assertThat(findings)
                .containsExactly(new IntegrityFinding(file, damaged, false), new IntegrityFinding(file, intact, true));
    }

    @Nested
    class TheChain {

        @Test
        void isIntactAsLongAsNothingIsTouched() {
            UUID running = ledger.begin(TRANSFER);
            ledger.end(ledger.begin(TRANSFER), TransferOutcome.COMPLETE, 5);
            ledger.record(TRANSFER, TransferOutcome.REFUSED, 404);
            ledger.writeEnds();
            ChainVerification verification = chain.verify(Optional.empty());
            assertThat(verification)
                    .isEqualTo(new ChainVerification(true, 2, verification.hash(), 0, Optional.empty()));

            ledger.end(running, TransferOutcome.CLIENT_GONE, 3);
            ledger.writeEnds();
            NotedSeal noted = new NotedSeal(2, verification.hash());
            assertThat(chain.verify(Optional.of(noted)).intact()).isTrue();
            assertThat(chain.verify(Optional.of(noted)).number()).isEqualTo(3);
        }

        @Test
        void isOverEveryColumn() {
            List<?> columns = database.entities()
                    .createNativeQuery("select lower(cast(column_name as varchar)) from information_schema.columns"
                            + " where lower(table_name) = 'transfer' and lower(table_schema) = 'public'")
                    .getResultList();
            assertThat(sealedColumns()).doesNotHaveDuplicates().hasSameElementsAs(strings(columns));
        }

        private static List<String> sealedColumns() {
            return Arrays.stream(TransferSeals.FIELDS.split(","))
                    .map(field -> field.strip().substring("t.".length()))
                    .toList();
        }

        private static List<String> strings(List<?> values) {
            return values.stream().map(Object::toString).toList();
        }

        @Test
        void showsEachChange() {
            List<String> values = List.of(
                    "id = '" + UUID.randomUUID() + "'",
                    "node_id = '" + UUID.randomUUID() + "'",
                    "report_file_id = '" + UUID.randomUUID() + "'",
                    "asked_for = null",
                    "account_id = '" + UUID.randomUUID() + "'",
                    "account_name = 'bob'",
                    "remote_address = ''",
                    "user_agent = 'wget'",
                    "method = 'HEAD'",
                    "file_bytes = file_bytes + 1",
                    "range_first = range_first + 1",
                    "range_length = range_length + 1",
                    "ranges = ''",
                    "status = 1",
                    "started_at = started_at - interval '1' second",
                    "ended_at = ended_at - interval '1' second",
                    "outcome = 'CLIENT_GONE'",
                    "bytes_sent = bytes_sent + 1");
            assertThat(values)
                    .extracting(value -> value.substring(0, value.indexOf(' ')))
                    .isEqualTo(sealedColumns());
            for (String constraint : List.of("report_file_fk", "account_fk", "file_known")) { // else they forbid some
                database.execute("alter table transfer drop constraint transfer_" + constraint);
            }
            List<String> changes = new ArrayList<>();
            values.forEach(value -> changes.add("update transfer set " + value + " where ID"));
            changes.add("delete from transfer where ID");
            changes.add("update transfer_seal set hash = 'x' where number = NUMBER");
            changes.add("delete from transfer_seal where number = NUMBER");
            sealTransfers(changes.size() + 1);
            for (int number = changes.size(); number > 0; number--) { // each in front of the one before
                database.execute(changes.get(number - 1)
                        .replace("ID", "id = (select transfer_id from transfer_seal where number = NUMBER)")
                        .replace("NUMBER", Integer.toString(number)));
                ChainVerification verification = chain.verify(Optional.empty());
                assertThat(verification.intact()).isFalse();
                assertThat(verification.number()).isEqualTo(number - 1);
                assertThat(verification.fault().orElseThrow())
                        .containsPattern("(umber %d\\b)|(begins at number 2)".formatted(number));
            }
        }

        @Test
        void showsAnEndThatIsCutOffOrWrittenAnewToWhoHasNotedIt() {
            sealTransfers(3);
            ChainVerification end = chain.verify(Optional.empty());
            NotedSeal noted = new NotedSeal(end.number(), end.hash());
            database.execute("delete from transfer_seal");
            database.execute("delete from transfer");
            assertThat(chain.verify(Optional.of(noted)).intact()).isFalse();
            sealTransfers(5);
            assertThat(chain.verify(Optional.empty()).intact()).isTrue();
            assertThat(chain.verify(Optional.of(noted)).fault()).contains("Number 3 has not the hash that was noted.");
        }

        @Test
        void thatWasCutIsBelievedByWhoHasNotedWhatIsLeft() {
            sealTransfers(4);
            String hash = database.entities()
                    .createNativeQuery("select hash from transfer_seal where number = 3")
                    .getSingleResult()
                    .toString();
            database.execute(
                    "delete from transfer where id in (select transfer_id from transfer_seal where number < 3)");
            database.execute("delete from transfer_seal where number < 3");
            assertThat(chain.verify(Optional.empty()).fault())
                    .hasValueSatisfying(fault -> assertThat(fault).startsWith("The chain begins at number 3:"));
            assertThat(chain.verify(Optional.of(new NotedSeal(3, hash))).number())
                    .isEqualTo(4);
        }

        @Test
        void takesInWhatADeadNodeLeft() {
            TransferChain ofTheDead = new TransferChain(database.entities(), database.transactions(), clock);
            TransferLedger dead = ledger(lease, ofTheDead);
            dead.end(dead.begin(TRANSFER), TransferOutcome.COMPLETE, 5);
            dead.writeEnds();
            assertThat(chain.verify(Optional.empty()))
                    .as("it may be about to seal it itself")
                    .satisfies(found -> assertThat(found.number()).isZero())
                    .satisfies(found -> assertThat(found.unsealed()).isEqualTo(1))
                    .satisfies(found -> assertThat(found.intact()).isTrue());
            clock.advance(Duration.ofMinutes(11));
            chain.sealForgotten();
            assertThat(chain.verify(Optional.empty()))
                    .satisfies(found -> assertThat(found.number()).isEqualTo(1))
                    .satisfies(found -> assertThat(found.unsealed()).isZero());
            ofTheDead.seal(); // it comes back, and finds that nothing is left to do
            assertThat(chain.verify(Optional.empty()).number()).isEqualTo(1);
        }

        @Test
        void takesInWhatWasLeftBeforeALongStandstill() {
            sealTransfers(1);
            TransferLedger dead = ledger(lease, anotherChain());
            dead.beginAll(Collections.nCopies(1001, TRANSFER)) // more than at once
                    .forEach(id -> dead.end(id, TransferOutcome.COMPLETE, 5));
            dead.writeEnds();
            clock.advance(Duration.ofDays(9));
            TransferChain again = anotherChain();
            ledger(lease, again).record(TRANSFER, TransferOutcome.REFUSED, 404);
            again.seal();
            again.sealForgotten();
            assertIntact(again, 1003);
        }

        @Test
        void takesInWhatACrashBeforeALongStandstillInterrupted() {
            sealTransfers(1);
            ledger.begin(TRANSFER);
            clock.advance(Duration.ofDays(9));
            lease(Optional.empty()).interruptDead();
            TransferChain again = anotherChain();
            TransferLedger alive = ledger(lease, again);
            alive.record(TRANSFER, TransferOutcome.REFUSED, 404);
            again.seal();
            clock.advance(Duration.ofHours(5));
            alive.record(TRANSFER, TransferOutcome.REFUSED, 404);
            again.seal();
            again.lookBack();
            assertIntact(again, 4);
        }

        @Test
        void takesInALongTransferWhoseEndWasLost() {
            sealTransfers(1);
            ledger.begin(TRANSFER);
            clock.advance(Duration.ofDays(20));
            sealTransfers(1);
            lease.end();
            clock.advance(Duration.ofHours(5));
            sealTransfers(1);
            chain.lookBack();
            assertIntact(chain, 4);
        }

        @Test
        void looksBackAgainIfThatFailed() {
            sealTransfers(1);
            ledger(lease, anotherChain()).record(TRANSFER, TransferOutcome.REFUSED, 404);
            clock.advance(Duration.ofDays(9));
            database.execute("alter table transfer_seal rename to away");
            TransferChain again = anotherChain();
            ledger(lease, again).record(TRANSFER, TransferOutcome.REFUSED, 404);
            assertThatThrownBy(again::seal).isInstanceOf(RuntimeException.class);
            database.execute("alter table away rename to transfer_seal");
            again.seal();
            assertIntact(again, 3);
        }

        @Test
        void callsNothingForgottenThatItCouldNotLookFor() {
            ledger(lease, anotherChain()).record(TRANSFER, TransferOutcome.REFUSED, 404);
            clock.advance(Duration.ofHours(5));
            TransferChain blind = new TransferChain(database.entities(), database.transactions(), clock) {
                @Override
                synchronized void lookBack() {
                    throw new IllegalStateException("another node was faster");
                }
            };
            assertThat(blind.verify(Optional.empty()))
                    .isEqualTo(new ChainVerification(true, 0, ChainLink.NOTHING, 1, Optional.empty()));
        }

        @Test
        void looksForWhatWasForgottenEvenIfItCanNotSealWhatWaits() {
            TransferChain slow = new TransferChain(database.entities(), database.transactions(), clock) {
                @Override
                synchronized void seal() {
                    throw new IllegalStateException("another node was faster");
                }
            };
            ledger(lease, slow).record(TRANSFER, TransferOutcome.REFUSED, 404);
            clock.advance(Duration.ofHours(5));
            assertIntact(slow, 1);
        }

        private TransferChain anotherChain() {
            return new TransferChain(database.entities(), database.transactions(), clock);
        }

        private void assertIntact(TransferChain ofNode, long links) {
            ChainVerification verification = ofNode.verify(Optional.empty());
            assertThat(verification)
                    .isEqualTo(new ChainVerification(true, links, verification.hash(), 0, Optional.empty()));
        }

        @Test
        void takesInAnInterruptionOnceItStands() {
            UUID running = ledger.begin(TRANSFER);
            clock.advance(LEASE.plusSeconds(1));
            lease(Optional.empty()).interruptDead();
            ledger.end(ledger.begin(TRANSFER), TransferOutcome.INTERRUPTED, 1);
            ledger.writeEnds();
            assertThat(chain.verify(Optional.empty()).number()).isZero();

            clock.advance(Duration.ofHours(2).plusSeconds(1));
            assertThat(chain.verify(Optional.empty()).number()).isEqualTo(2);
            ledger.end(running, TransferOutcome.COMPLETE, 5); // too late
            ledger.writeEnds();
            assertThat(chain.verify(Optional.empty()).intact()).isTrue();
        }

        @Test
        void showsATransferThatWasPutInLongAfter() {
            clock.advance(Duration.ofDays(30));
            sealTransfers(1);
            clock.advance(Duration.ofDays(-20));
            ledger(lease, new TransferChain(database.entities(), database.transactions(), clock))
                    .record(TRANSFER, TransferOutcome.REFUSED, 404);
            clock.advance(Duration.ofDays(20));
            assertThat(chain.verify(Optional.empty()).fault())
                    .hasValueSatisfying(fault -> assertThat(fault).startsWith("1 transfers are in no link"));
        }

        @Test
        void isBuiltByManyAtOnce() throws Exception {
            List<TransferChain> chains = new ArrayList<>();
            for (int i = 0; i < 3; i++) {
                TransferChain one = new TransferChain(database.entities(), database.transactions(), clock);
                TransferLedger node = ledger(lease, one);
                node.beginAll(Collections.nCopies(1500, TRANSFER))
                        .forEach(id -> node.end(id, TransferOutcome.COMPLETE, 5));
                node.writeEnds();
                chains.add(one);
            }
            List<Thread> threads = chains.stream()
                    .map(one -> new Thread(() -> sealUntilDone(one)))
                    .toList();
            threads.forEach(Thread::start);
            for (Thread thread : threads) {
                thread.join();
            }
            assertThat(chain.verify(Optional.empty()))
                    .satisfies(found -> assertThat(found.intact()).isTrue())
                    .satisfies(found -> assertThat(found.number()).isEqualTo(4500));
        }

        private static void sealUntilDone(TransferChain chain) {
            RuntimeException failure = new IllegalStateException();
            for (int attempt = 0; attempt < 20; attempt++) {
                try {
                    chain.seal();
                    return;
                } catch (RuntimeException e) {
                    failure = e; // another one was faster; as a chore it would come again
                }
            }
            throw failure;
        }

        private void sealTransfers(int transfers) {
            for (int i = 0; i < transfers; i++) {
                ledger.record(TRANSFER, TransferOutcome.REFUSED, 404);
            }
            chain.seal();
        }
    }

    @Nested
    class ADeadNode {

        private UUID running;

        @BeforeEach
        void begin() {
            running = ledger.begin(TRANSFER);
        }

        @Test
        void leavesNothingBeforeItsLeaseHasRunOut() {
            clock.advance(LEASE);
            lease(Optional.empty()).interruptDead();
            assertThat(outcomes()).containsExactly(TransferOutcome.STARTED);
        }

        @Test
        void hasItsTransfersInterruptedAfterwards() {
            UUID ended = ledger.begin(TRANSFER);
            ledger.end(ended, TransferOutcome.COMPLETE, 5);
            ledger.writeEnds();
            clock.advance(LEASE.plusMillis(1));
            lease(Optional.empty()).interruptDead();
            assertThat(outcomes()).containsExactlyInAnyOrder(TransferOutcome.INTERRUPTED, TransferOutcome.COMPLETE);
        }

        @Test
        void thatWasOnlySlowSaysHowItReallyEnded() {
            clock.advance(LEASE.plusMillis(1));
            lease(Optional.empty()).interruptDead();
            lease.renew();
            ledger.end(running, TransferOutcome.COMPLETE, 5);
            assertThat(outcomes()).containsExactly(TransferOutcome.COMPLETE);
            assertThat(transfers(ALL))
                    .singleElement()
                    .satisfies(row -> assertThat(row.bytes()).isEqualTo(5));
        }

        @Test
        void isNotMistakenForOneThatRenewed() {
            clock.advance(LEASE);
            lease.renew();
            clock.advance(Duration.ofMillis(1));
            lease(Optional.empty()).interruptDead();
            assertThat(outcomes()).containsExactly(TransferOutcome.STARTED);
        }
    }

    @Test
    void restartOfANodeWithANameInterruptsAtOnceWhatItsPredecessorLeft() {
        NodeLease first = lease(Optional.of("a"));
        first.renew();
        ledger(first).begin(TRANSFER);
        lease(Optional.of("b")).interruptDead();
        assertThat(outcomes()).containsExactly(TransferOutcome.STARTED);
        lease(Optional.of("a")).interruptDead();
        assertThat(outcomes()).containsExactly(TransferOutcome.INTERRUPTED);
    }

    @Test
    void nodeThatStopsLeavesNothingBehind() {
        ledger.begin(TRANSFER);
        UUID ended = ledger.begin(TRANSFER);
        ledger.end(ended, TransferOutcome.COMPLETE, 5);
        ledger.stop();
        lease.end();
        assertThat(outcomes()).containsExactlyInAnyOrder(TransferOutcome.INTERRUPTED, TransferOutcome.COMPLETE);
    }

    @Test
    void endAfterTheStopIsWrittenAtOnce() {
        UUID late = ledger.begin(TRANSFER);
        ledger.stop();
        ledger.end(late, TransferOutcome.INTERRUPTED, 7);
        assertThat(ledger(lease).list(ALL, FIRST).items())
                .singleElement()
                .satisfies(row -> assertThat(row.bytes()).isEqualTo(7));
    }

    @Test
    void endsWrittenAtTheStopAndAfterItAreSealed() {
        ledger.end(ledger.begin(TRANSFER), TransferOutcome.COMPLETE, 5);
        ledger.writeEnds();
        chain.seal();
        UUID ended = ledger.begin(TRANSFER);
        UUID late = ledger.begin(TRANSFER);
        ledger.end(ended, TransferOutcome.COMPLETE, 5);
        ledger.stop();
        assertThat(seals()).isEqualTo(2);
        ledger.end(late, TransferOutcome.CLIENT_GONE, 3);
        assertThat(seals()).isEqualTo(3);
    }

    @Test
    void nodeThatStopsBeforeItHasSealedAnythingLeavesThatToOthers() {
        ledger.end(ledger.begin(TRANSFER), TransferOutcome.COMPLETE, 5);
        ledger.stop();
        assertThat(seals()).as("the whole ledger would have to be read").isZero();
        clock.advance(Duration.ofHours(3));
        new TransferChain(database.entities(), database.transactions(), clock).lookBack();
        assertThat(seals()).isEqualTo(1);
    }

    @Test
    void stopDoesNotDependOnTheChain() {
        ledger.end(ledger.begin(TRANSFER), TransferOutcome.COMPLETE, 5);
        database.execute("alter table transfer_seal rename to away");
        ledger.stop();
        assertThat(outcomes()).containsExactly(TransferOutcome.COMPLETE);
    }

    @Test
    void aChainThatFailsIsNotTakenForADatabaseThatDoes() {
        TransferLedger unchained =
                ledger(lease, new TransferChain(database.entities(), database.transactions(), clock) {
                    @Override
                    void add(Collection<UUID> ended) {
                        throw new IllegalStateException(new SQLTransientConnectionException());
                    }
                });
        unchained.record(TRANSFER, TransferOutcome.REFUSED, 404);
        unchained.end(unchained.begin(TRANSFER), TransferOutcome.COMPLETE, 5);
        unchained.writeEnds();
        assertThat(outcomes()).containsExactlyInAnyOrder(TransferOutcome.REFUSED, TransferOutcome.COMPLETE);
    }

    private long seals() {
        return ((Number) database.entities()
                        .createNativeQuery("select count(*) from transfer_seal")
                        .getSingleResult())
                .longValue();
    }

    @Nested
    class JoinedDownloadsOfOneReader {

        private final UUID file = UUID.randomUUID();
        private final Caller ann = new Caller(UUID.randomUUID(), "ann", Set.of(), Optional.empty(), Optional.empty());

        @BeforeEach
        void insert() {
            FileRow.insert(database, file, ann);
        }

        @Test
        void aResumedDownloadIsOne() {
            UUID first = transfer("wget", 0, 40);
            transfer("wget", 40, 60);
            assertThat(joined().items()).singleElement().satisfies(download -> {
                assertThat(download.id()).isEqualTo(first);
                assertThat(download.segments()).hasSize(2);
                assertThat(download.coveredBytes()).isEqualTo(100);
                assertThat(download.isWhole()).isTrue();
            });
        }

        @Test
        void segmentsThatRunAtTheSameTimeAreOne() {
            UUID slow = ledger.begin(of("aria2", new TransferRange(0, 50)));
            clock.advance(Duration.ofDays(3));
            transfer("aria2", 50, 50);
            assertThat(joined().items()).singleElement().satisfies(download -> {
                assertThat(download.id()).isEqualTo(slow);
                assertThat(download.endedAt()).isEmpty();
                assertThat(download.coveredBytes()).isEqualTo(50);
                assertThat(download.isWhole()).isFalse();
            });
        }

        @Test
        void anotherWholeFileADayOrAnotherClientIsAnother() {
            UUID first = transfer("wget", 0, 40);
            UUID again = ledger.begin(of("wget"));
            UUID other = transfer("curl", 40, 60);
            ledger.end(again, TransferOutcome.CLIENT_GONE, 40);
            ledger.writeEnds();
            clock.advance(Duration.ofHours(25));
            UUID nextDay = transfer("wget", 40, 60);
            assertThat(joined().items())
                    .extracting(JoinedDownload::id)
                    .hasSize(4)
                    .contains(first, again, other)
                    .startsWith(nextDay);
        }

        @Test
        void accountsThatHaveTheWholeFileAreKnown() {
            transfer("wget", 0, 40);
            assertThat(ledger.accountsWithWhole(file)).isEmpty();
            transfer("wget", 0, 60); // enough bytes, but not all of them
            assertThat(ledger.accountsWithWhole(file)).isEmpty();
            transfer("wget", 60, 40);
            assertThat(ledger.accountsWithWhole(file)).containsExactly("ann");
            assertThat(ledger.accountsWithWhole(UUID.randomUUID())).isEmpty();
        }

        @Test
        void accountsThatGotTheFileAtOnceAreKnown() {
            transfer("wget", 0, 40);
            UUID whole = ledger.begin(of("curl"));
            assertThat(ledger.accountsWithWhole(file)).isEmpty();
            ledger.end(whole, TransferOutcome.COMPLETE, 100);
            assertThat(ledger.accountsWithWhole(file)).containsExactly("ann");
        }

        @Test
        void refusalsAreNone() {
            ledger.record(of("curl"), TransferOutcome.REFUSED, 403);
            ledger.record(of("curl"), TransferOutcome.NOT_MODIFIED, 304);
            assertThat(joined().total()).isZero();
        }

        @Test
        void comeInPages() {
            for (int i = 0; i < 3; i++) {
                clock.advance(Duration.ofDays(2));
                transfer("wget", 0, 40);
                transfer("wget", 40, 60);
            }
            TransferFilter filter = new TransferFilter(
                    Optional.of(file),
                    Optional.of("ann"),
                    Optional.of(TransferOutcome.COMPLETE),
                    Optional.of(NOW),
                    Optional.of(NOW.plus(Duration.ofDays(9))));
            assertThat(ledger.listJoined(filter, new PageRequest(2, 2)).items())
                    .singleElement()
                    .satisfies(download ->
                            assertThat(download.first().startedAt()).isEqualTo(NOW.plus(Duration.ofDays(2))));
            assertThat(ledger.listJoined(filter, new PageRequest(2, 2)).total()).isEqualTo(3);
            assertThat(ledger.listJoined(filter, new PageRequest(3, 2)).items()).isEmpty();
        }

        private UUID transfer(String agent, long first, long length) {
            UUID id = ledger.begin(of(agent, new TransferRange(first, length)));
            ledger.end(id, TransferOutcome.COMPLETE, length);
            ledger.writeEnds();
            clock.advance(Duration.ofSeconds(1)); // or two would have begun in any order
            return id;
        }

        private NewTransfer of(String agent, TransferRange... ranges) {
            return new NewTransfer(
                    Optional.of(file),
                    Optional.empty(),
                    Optional.of(ann),
                    "::1",
                    agent,
                    "GET",
                    Optional.of(100L),
                    List.of(ranges));
        }

        private Page<JoinedDownload> joined() {
            return ledger.listJoined(ALL, FIRST);
        }
    }

    private NodeLease lease(Optional<String> name) {
        return new NodeLease(database.entities(), database.transactions(), new LedgerSettings(name, LEASE), clock);
    }

    private TransferLedger ledger(NodeLease node) {
        return ledger(node, chain);
    }

    private TransferLedger ledger(NodeLease node, TransferChain itsChain) {
        return new TransferLedger(database.entities(), database.transactions(), clock, node, itsChain, findings::add);
    }

    private static TransferFilter filter(
            Optional<TransferOutcome> outcome, Optional<Instant> from, Optional<Instant> until) {
        return new TransferFilter(Optional.empty(), Optional.empty(), outcome, from, until);
    }

    private List<TransferOutcome> outcomes() {
        return transfers(ALL).stream().map(TransferDetails::outcome).toList();
    }

    private List<TransferDetails> transfers(TransferFilter filter) {
        return ledger.list(filter, FIRST).items();
    }
}
