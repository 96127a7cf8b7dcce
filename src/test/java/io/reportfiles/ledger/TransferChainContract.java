package io.reportfiles.ledger;

import static io.reportfiles.ledger.LedgerScene.TRANSFER;
import static io.reportfiles.ledger.LedgerScene.begin;
import static io.reportfiles.ledger.LedgerScene.beginAll;
import static org.assertj.core.api.Assertions.assertThat;

import io.reportfiles.chain.ChainVerification;
import io.reportfiles.chain.NotedSeal;
import io.reportfiles.persistence.MovableClock;
import io.reportfiles.persistence.TestDatabase;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What {@link TransferChain} promises on every database about what is in it: that each change shows. */
abstract class TransferChainContract {

    private LedgerScene scene;
    private TestDatabase database;
    private MovableClock clock;
    private NodeLease lease;
    private TransferChain chain;
    private TransferLedger ledger;

    abstract TestDatabase create();

    @BeforeEach
    void start() {
        scene = new LedgerScene(create());
        database = scene.database();
        clock = scene.clock();
        lease = scene.lease();
        chain = scene.chain();
        ledger = scene.ledger();
    }

    @AfterEach
    void stop() {
        scene.close();
    }

    @Test
    void isIntactAsLongAsNothingIsTouched() {
        UUID running = begin(ledger, TRANSFER);
        ledger.end(begin(ledger, TRANSFER), TransferOutcome.COMPLETE, 5);
        ledger.record(TRANSFER, TransferOutcome.REFUSED, 404);
        ledger.writeEnds();
        ChainVerification verification = chain.verify(Optional.empty());
        assertThat(verification)
                .isEqualTo(new ChainVerification(true, 2, verification.hash(), 0, false, Optional.empty()));

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
        scene.seal(changes.size() + 1);
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
        scene.seal(3);
        ChainVerification end = chain.verify(Optional.empty());
        NotedSeal noted = new NotedSeal(end.number(), end.hash());
        database.execute("delete from transfer_seal");
        database.execute("delete from transfer");
        assertThat(chain.verify(Optional.of(noted)).intact()).isFalse();
        scene.seal(5);
        assertThat(chain.verify(Optional.empty()).intact()).isTrue();
        assertThat(chain.verify(Optional.of(noted)).fault()).contains("Number 3 has not the hash that was noted.");
    }

    @Test
    void thatWasCutIsBelievedByWhoHasNotedWhatIsLeft() {
        scene.seal(4);
        String hash = database.entities()
                .createNativeQuery("select hash from transfer_seal where number = 3")
                .getSingleResult()
                .toString();
        database.execute("delete from transfer where id in (select transfer_id from transfer_seal where number < 3)");
        database.execute("delete from transfer_seal where number < 3");
        assertThat(chain.verify(Optional.empty()).fault())
                .hasValueSatisfying(fault -> assertThat(fault).startsWith("The chain begins at number 3:"));
        assertThat(chain.verify(Optional.of(new NotedSeal(3, hash))).number()).isEqualTo(4);
    }

    @Test
    void showsATransferThatWasPutInLongAfter() {
        clock.advance(Duration.ofDays(30));
        scene.seal(1);
        clock.advance(Duration.ofDays(-20));
        scene.ledger(lease, scene.newChain()).record(TRANSFER, TransferOutcome.REFUSED, 404);
        clock.advance(Duration.ofDays(20));
        assertThat(chain.verify(Optional.empty()).fault())
                .hasValueSatisfying(fault -> assertThat(fault).startsWith("1 transfers are in no link"));
    }

    @Test
    void isBuiltByManyAtOnce() throws Exception {
        List<TransferChain> chains = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            TransferChain one = scene.newChain();
            TransferLedger node = scene.ledger(lease, one);
            beginAll(node, Collections.nCopies(1500, TRANSFER))
                    .forEach(id -> node.end(id, TransferOutcome.COMPLETE, 5));
            node.writeEnds();
            chains.add(one);
        }
        List<Thread> threads =
                chains.stream().map(one -> new Thread(() -> sealUntilDone(one))).toList();
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
}
