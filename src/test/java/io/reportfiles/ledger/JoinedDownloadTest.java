package io.reportfiles.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class JoinedDownloadTest {

    @Test
    void bytesThatCameTwiceCountOnce() {
        JoinedDownload download = of(part(0, 60), part(40, 30), part(10, 5), part(90, 10));
        assertThat(download.coveredBytes()).isEqualTo(80);
        assertThat(download.bytes()).isEqualTo(105);
        assertThat(download.isWhole()).isFalse();
        assertThat(of(part(60, 40), part(0, 60)).isWhole()).isTrue();
    }

    @Test
    void onlyWhatWasHandedOverCounts() {
        assertThat(of(whole(TransferOutcome.CLIENT_GONE, 30)).coveredBytes()).isEqualTo(30);
        assertThat(of(whole(TransferOutcome.INTERRUPTED, 0)).coveredBytes()).isZero();
    }

    @Test
    void severalPartsCountWhenAllOfThemCame() {
        assertThat(of(parts(TransferOutcome.COMPLETE)).coveredBytes()).isEqualTo(15);
        assertThat(of(parts(TransferOutcome.CLIENT_GONE)).coveredBytes()).isZero();
    }

    @Test
    void anEmptyFileIsWholeWhenItCame() {
        assertThat(of(whole(TransferOutcome.COMPLETE, 0)).isWhole()).isTrue();
        assertThat(of(whole(TransferOutcome.INTERRUPTED, 0)).isWhole()).isFalse();
    }

    private static JoinedDownload of(TransferDetails... segments) {
        return new JoinedDownload(List.of(segments));
    }

    private static TransferDetails part(long first, long length) {
        return segment(
                Optional.of(new TransferRange(first, length)), Optional.empty(), TransferOutcome.COMPLETE, length);
    }

    private static TransferDetails parts(TransferOutcome outcome) {
        return segment(Optional.of(new TransferRange(0, 60)), Optional.of("50-59,0-4"), outcome, 150);
    }

    private static TransferDetails whole(TransferOutcome outcome, long bytes) {
        return segment(Optional.empty(), Optional.empty(), outcome, bytes);
    }

    private static TransferDetails segment(
            Optional<TransferRange> range, Optional<String> ranges, TransferOutcome outcome, long bytes) {
        return new TransferDetails(
                UUID.randomUUID(),
                Optional.of(UUID.randomUUID()),
                Optional.empty(),
                Optional.of("ann"),
                "::1",
                "",
                "GET",
                range,
                ranges,
                Optional.of(100L),
                Optional.empty(),
                Instant.EPOCH,
                Optional.of(Instant.EPOCH),
                outcome,
                bytes);
    }
}
