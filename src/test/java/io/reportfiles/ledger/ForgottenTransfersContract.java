package io.reportfiles.ledger;

import static io.reportfiles.ledger.LedgerScene.LEASE;
import static io.reportfiles.ledger.LedgerScene.TRANSFER;
import static io.reportfiles.ledger.LedgerScene.begin;
import static io.reportfiles.ledger.LedgerScene.beginAll;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.reportfiles.chain.ChainLink;
import io.reportfiles.chain.ChainVerification;
import io.reportfiles.chain.MemoryBucket;
import io.reportfiles.persistence.MovableClock;
import io.reportfiles.persistence.TestDatabase;
import java.time.Duration;
import java.util.Collections;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** How {@link TransferChain} takes in, on every database, what nobody has sealed when it ended. */
abstract class ForgottenTransfersContract {

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
    void takesInWhatADeadNodeLeft() {
        TransferChain ofTheDead = scene.newChain();
        TransferLedger dead = scene.ledger(lease, ofTheDead);
        dead.end(begin(dead, TRANSFER), TransferOutcome.COMPLETE, 5);
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
        scene.seal(1);
        TransferLedger dead = scene.ledger(lease, scene.newChain());
        beginAll(dead, Collections.nCopies(1001, TRANSFER)) // more than at once
                .forEach(id -> dead.end(id, TransferOutcome.COMPLETE, 5));
        dead.writeEnds();
        clock.advance(Duration.ofDays(9));
        TransferChain again = scene.newChain();
        scene.ledger(lease, again).record(TRANSFER, TransferOutcome.REFUSED, 404);
        again.seal();
        again.sealForgotten();
        assertIntact(again, 1003);
    }

    @Test
    void takesInWhatACrashBeforeALongStandstillInterrupted() {
        scene.seal(1);
        begin(ledger, TRANSFER);
        clock.advance(Duration.ofDays(9));
        scene.node(Optional.empty()).interruptDead();
        TransferChain again = scene.newChain();
        TransferLedger alive = scene.ledger(lease, again);
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
        scene.seal(1);
        begin(ledger, TRANSFER);
        clock.advance(Duration.ofDays(20));
        scene.seal(1);
        lease.end();
        clock.advance(Duration.ofHours(5));
        scene.seal(1);
        chain.lookBack();
        assertIntact(chain, 4);
    }

    @Test
    void looksBackAgainIfThatFailed() {
        scene.seal(1);
        scene.ledger(lease, scene.newChain()).record(TRANSFER, TransferOutcome.REFUSED, 404);
        clock.advance(Duration.ofDays(9));
        database.execute("alter table transfer_seal rename to away");
        TransferChain again = scene.newChain();
        scene.ledger(lease, again).record(TRANSFER, TransferOutcome.REFUSED, 404);
        assertThatThrownBy(again::seal).isInstanceOf(RuntimeException.class);
        database.execute("alter table away rename to transfer_seal");
        again.seal();
        assertIntact(again, 3);
    }

    @Test
    void callsNothingForgottenThatItCouldNotLookFor() {
        scene.ledger(lease, scene.newChain()).record(TRANSFER, TransferOutcome.REFUSED, 404);
        clock.advance(Duration.ofHours(5));
        TransferChain blind =
                new TransferChain(database.entities(), database.transactions(), clock, new MemoryBucket().anchors()) {
                    @Override
                    synchronized void lookBack() {
                        throw new IllegalStateException("another node was faster");
                    }
                };
        assertThat(blind.verify(Optional.empty()))
                .isEqualTo(new ChainVerification(true, 0, ChainLink.NOTHING, 1, false, Optional.empty()));
    }

    @Test
    void looksForWhatWasForgottenEvenIfItCanNotSealWhatWaits() {
        TransferChain slow =
                new TransferChain(database.entities(), database.transactions(), clock, new MemoryBucket().anchors()) {
                    @Override
                    synchronized void seal() {
                        throw new IllegalStateException("another node was faster");
                    }
                };
        scene.ledger(lease, slow).record(TRANSFER, TransferOutcome.REFUSED, 404);
        clock.advance(Duration.ofHours(5));
        assertIntact(slow, 1);
    }

    @Test
    void takesInAnInterruptionOnceItStands() {
        UUID running = begin(ledger, TRANSFER);
        clock.advance(LEASE.plusSeconds(1));
        scene.node(Optional.empty()).interruptDead();
        ledger.end(begin(ledger, TRANSFER), TransferOutcome.INTERRUPTED, 1);
        ledger.writeEnds();
        assertThat(chain.verify(Optional.empty()).number()).isZero();

        clock.advance(Duration.ofHours(2).plusSeconds(1));
        assertThat(chain.verify(Optional.empty()).number()).isEqualTo(2);
        ledger.end(running, TransferOutcome.COMPLETE, 5); // too late
        ledger.writeEnds();
        assertThat(chain.verify(Optional.empty()).intact()).isTrue();
    }

    @Test
    void endsWrittenAtTheStopAndAfterItAreSealed() {
        ledger.end(begin(ledger, TRANSFER), TransferOutcome.COMPLETE, 5);
        ledger.writeEnds();
        chain.seal();
        UUID ended = begin(ledger, TRANSFER);
        UUID late = begin(ledger, TRANSFER);
        ledger.end(ended, TransferOutcome.COMPLETE, 5);
        ledger.stop();
        assertThat(seals()).isEqualTo(2);
        ledger.end(late, TransferOutcome.CLIENT_GONE, 3);
        assertThat(seals()).isEqualTo(3);
    }

    @Test
    void nodeThatStopsBeforeItHasSealedAnythingLeavesThatToOthers() {
        ledger.end(begin(ledger, TRANSFER), TransferOutcome.COMPLETE, 5);
        ledger.stop();
        assertThat(seals()).as("the whole ledger would have to be read").isZero();
        clock.advance(Duration.ofHours(3));
        scene.newChain().lookBack();
        assertThat(seals()).isEqualTo(1);
    }

    private void assertIntact(TransferChain ofNode, long links) {
        ChainVerification verification = ofNode.verify(Optional.empty());
        assertThat(verification)
                .isEqualTo(new ChainVerification(true, links, verification.hash(), 0, false, Optional.empty()));
    }

    private long seals() {
        return ((Number) database.entities()
                        .createNativeQuery("select count(*) from transfer_seal")
                        .getSingleResult())
                .longValue();
    }
}
