package io.reportfiles.ledger;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * A joined download as the API shows it. What is not known is left out.
 *
 * @param id of the transfer that began first
 * @param bytes number of bytes handed to the reader's connections, those that were sent again included
 * @param coveredBytes how many bytes of the file were handed over at least once
 * @param whole whether that is all of the file
 * @param transfers number of transfers
 * @param segments the transfers, the first {@value #MOST_SEGMENTS} of them
 */
public record JoinedDownloadJson(
        String id,
        Optional<String> reportFile,
        Optional<String> account,
        String remoteAddress,
        String userAgent,
        Instant startedAt,
        Optional<Instant> endedAt,
        Optional<Long> fileBytes,
        long bytes,
        long coveredBytes,
        boolean whole,
        int transfers,
        List<TransferJson> segments) {

    static final int MOST_SEGMENTS = 100;

    /** The JSON of a joined download. */
    public static JoinedDownloadJson of(JoinedDownload download) {
        TransferDetails first = download.first();
        return new JoinedDownloadJson(
                download.id().toString(),
                first.reportFile().map(UUID::toString),
                first.account(),
                first.remoteAddress(),
                first.userAgent(),
                first.startedAt(),
                download.endedAt(),
                download.fileBytes(),
                download.bytes(),
                download.coveredBytes(),
                download.isWhole(),
                download.segments().size(),
                download.segments().stream()
                        .limit(MOST_SEGMENTS)
                        .map(TransferJson::of)
                        .toList());
    }
}
