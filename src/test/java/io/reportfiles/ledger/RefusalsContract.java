package io.reportfiles.ledger;

import static io.reportfiles.ledger.LedgerScene.FIRST;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.reportfiles.persistence.TestDatabase;
import io.reportfiles.web.PageRequest;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What {@link Refusals} promises on every database. */
abstract class RefusalsContract {

    private LedgerScene scene;
    private Refusals refusals;

    abstract TestDatabase create();

    @BeforeEach
    void start() {
        scene = new LedgerScene(create());
        refusals = new Refusals(
                scene.database().entities(), scene.database().transactions(), scene.lease(), scene.clock());
    }

    @AfterEach
    void stop() {
        scene.close();
    }

    @Test
    void areCountedByMinuteAndAddress() {
        count("192.0.2.1", "curl", 2);
        count("192.0.2.1", "wget", 1);
        count("192.0.2.2", "", 1);
        assertThat(list())
                .extracting(RefusalDetails::remoteAddress, RefusalDetails::userAgent, RefusalDetails::requests)
                .containsExactlyInAnyOrder(tuple("192.0.2.1", "curl", 3L), tuple("192.0.2.2", "", 1L));
        count("192.0.2.1", "curl", 4);
        scene.clock().advance(Duration.ofMinutes(1));
        count("192.0.2.1", "curl", 5);
        assertThat(list()).extracting(RefusalDetails::requests).containsExactlyInAnyOrder(5L, 7L, 1L);
        assertThat(list().get(0).requests()).isEqualTo(5);
        Instant minute = list().get(0).minute();
        assertThat(refusals.list(Optional.of(minute), Optional.empty(), FIRST).items())
                .hasSize(1);
        assertThat(refusals.list(Optional.empty(), Optional.of(minute), FIRST).items())
                .hasSize(2);
    }

    @Test
    void networksOfVersion6CountAsOneAddress() {
        count("2001:db8:1:2:3:4:5:6", "curl", 1);
        count("2001:db8:1:99::7", "curl", 1);
        count("2001:db8:2:3::7", "curl", 1);
        assertThat(list())
                .extracting(RefusalDetails::remoteAddress, RefusalDetails::requests)
                .containsExactlyInAnyOrder(tuple("2001:db8:1:0:0:0:0:0/48", 2L), tuple("2001:db8:2:0:0:0:0:0/48", 1L));
    }

    @Test
    void manyAddressesAreCountedTogether() {
        for (int i = 0; i < 1000; i++) {
            count("10.0.%d.%d".formatted(i / 250, i % 250), "x".repeat(1000), 1);
        }
        assertThat(list())
                .hasSize(Refusals.ADDRESSES + 1)
                .filteredOn(row -> row.remoteAddress().equals(Refusals.OTHERS))
                .extracting(RefusalDetails::requests)
                .containsExactly(1000L - Refusals.ADDRESSES);
    }

    @Test
    void areForgottenAfterThreeMonths() {
        count("192.0.2.1", "curl", 1);
        refusals.write();
        scene.clock().advance(Duration.ofDays(89));
        refusals.forget();
        assertThat(list()).hasSize(1);
        scene.clock().advance(Duration.ofDays(2));
        refusals.forget();
        assertThat(list()).isEmpty();
    }

    @Test
    void ofSeveralNodesHaveARowEach() {
        Refusals other = new Refusals(
                scene.database().entities(),
                scene.database().transactions(),
                scene.node(Optional.empty()),
                scene.clock());
        count("192.0.2.1", "curl", 2);
        other.count(transfer("192.0.2.1", "curl"));
        other.stop();
        assertThat(list()).extracting(RefusalDetails::requests).containsExactlyInAnyOrder(2L, 1L);
    }

    private void count(String address, String userAgent, int times) {
        for (int i = 0; i < times; i++) {
            refusals.count(transfer(address, userAgent));
        }
    }

    private static NewTransfer transfer(String address, String userAgent) {
        return new NewTransfer(
                Optional.empty(),
                Optional.of("/files/x"),
                Optional.empty(),
                address,
                userAgent,
                "GET",
                Optional.empty(),
                List.of());
    }

    private List<RefusalDetails> list() {
        return refusals.list(Optional.empty(), Optional.empty(), new PageRequest(1, 200))
                .items();
    }
}
