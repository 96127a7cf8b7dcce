package io.reportfiles.ledger;

import static io.reportfiles.ledger.LedgerScene.ALL;
import static io.reportfiles.ledger.LedgerScene.FIRST;
import static io.reportfiles.ledger.LedgerScene.NOW;
import static io.reportfiles.ledger.LedgerScene.begin;
import static org.assertj.core.api.Assertions.assertThat;

import io.reportfiles.access.Caller;
import io.reportfiles.persistence.MovableClock;
import io.reportfiles.persistence.TestDatabase;
import io.reportfiles.web.Page;
import io.reportfiles.web.PageRequest;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What {@link TransferLedger} makes of downloads that came in several transfers, on every database. */
abstract class JoinedDownloadsContract {

    private final UUID file = UUID.randomUUID();
    private final Caller ann = new Caller(UUID.randomUUID(), "ann", Set.of(), Optional.empty(), Optional.empty());
    private LedgerScene scene;
    private MovableClock clock;
    private TransferLedger ledger;

    abstract TestDatabase create();

    @BeforeEach
    void start() {
        scene = new LedgerScene(create());
        clock = scene.clock();
        ledger = scene.ledger();
        FileRow.insert(scene.database(), file, ann);
    }

    @AfterEach
    void stop() {
        scene.close();
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
        UUID slow = begin(ledger, of("aria2", new TransferRange(0, 50)));
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
        UUID again = begin(ledger, of("wget"));
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
        UUID whole = begin(ledger, of("curl"));
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
                .satisfies(
                        download -> assertThat(download.first().startedAt()).isEqualTo(NOW.plus(Duration.ofDays(2))));
        assertThat(ledger.listJoined(filter, new PageRequest(2, 2)).total()).isEqualTo(3);
        assertThat(ledger.listJoined(filter, new PageRequest(3, 2)).items()).isEmpty();
    }

    private UUID transfer(String agent, long first, long length) {
        UUID id = begin(ledger, of(agent, new TransferRange(first, length)));
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
