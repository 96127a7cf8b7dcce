package io.reportfiles.ledger;

import static io.reportfiles.ledger.LedgerScene.ALL;
import static io.reportfiles.ledger.LedgerScene.LEASE;
import static io.reportfiles.ledger.LedgerScene.TRANSFER;
import static io.reportfiles.ledger.LedgerScene.begin;
import static org.assertj.core.api.Assertions.assertThat;

import io.reportfiles.persistence.MovableClock;
import io.reportfiles.persistence.TestDatabase;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** What {@link NodeLease} promises on every database about the transfers of nodes that are gone. */
abstract class NodeLeaseContract {

    private LedgerScene scene;
    private MovableClock clock;
    private NodeLease lease;
    private TransferLedger ledger;

    abstract TestDatabase create();

    @BeforeEach
    void start() {
        scene = new LedgerScene(create());
        clock = scene.clock();
        lease = scene.lease();
        ledger = scene.ledger();
    }

    @AfterEach
    void stop() {
        scene.close();
    }

    @Nested
    class ADeadNode {

        private UUID running;

        @BeforeEach
        void createScene() {
            running = begin(ledger, TRANSFER);
        }

        @Test
        void leavesNothingBeforeItsLeaseHasRunOut() {
            clock.advance(LEASE);
            scene.node(Optional.empty()).interruptDead();
            assertThat(scene.outcomes()).containsExactly(TransferOutcome.STARTED);
        }

        @Test
        void hasItsTransfersInterruptedAfterwards() {
            UUID ended = begin(ledger, TRANSFER);
            ledger.end(ended, TransferOutcome.COMPLETE, 5);
            ledger.writeEnds();
            clock.advance(LEASE.plusMillis(1));
            scene.node(Optional.empty()).interruptDead();
            assertThat(scene.outcomes())
                    .containsExactlyInAnyOrder(TransferOutcome.INTERRUPTED, TransferOutcome.COMPLETE);
        }

        @Test
        void thatWasOnlySlowSaysHowItReallyEnded() {
            clock.advance(LEASE.plusMillis(1));
            scene.node(Optional.empty()).interruptDead();
            lease.renew();
            ledger.end(running, TransferOutcome.COMPLETE, 5);
            assertThat(scene.outcomes()).containsExactly(TransferOutcome.COMPLETE);
            assertThat(scene.transfers(ALL))
                    .singleElement()
                    .satisfies(row -> assertThat(row.bytes()).isEqualTo(5));
        }

        @Test
        void isNotMistakenForOneThatRenewed() {
            clock.advance(LEASE);
            lease.renew();
            clock.advance(Duration.ofMillis(1));
            scene.node(Optional.empty()).interruptDead();
            assertThat(scene.outcomes()).containsExactly(TransferOutcome.STARTED);
        }
    }

    @Test
    void restartOfANodeWithANameInterruptsAtOnceWhatItsPredecessorLeft() {
        NodeLease first = scene.node(Optional.of("a"));
        first.renew();
        begin(scene.ledger(first), TRANSFER);
        scene.node(Optional.of("b")).interruptDead();
        assertThat(scene.outcomes()).containsExactly(TransferOutcome.STARTED);
        scene.node(Optional.of("a")).interruptDead();
        assertThat(scene.outcomes()).containsExactly(TransferOutcome.INTERRUPTED);
    }

    @Test
    void nodeThatStopsLeavesNothingBehind() {
        begin(ledger, TRANSFER);
        UUID ended = begin(ledger, TRANSFER);
        ledger.end(ended, TransferOutcome.COMPLETE, 5);
        ledger.stop();
        lease.end();
        assertThat(scene.outcomes()).containsExactlyInAnyOrder(TransferOutcome.INTERRUPTED, TransferOutcome.COMPLETE);
    }

    @Test
    void leaseDoesNotBeginAgainAfterItsEnd() {
        lease.end();
        lease.renew();
        lease.renewIfHeld();
        assertThat(scene.node(Optional.empty()).isGone(lease.id())).isTrue();
    }
}
