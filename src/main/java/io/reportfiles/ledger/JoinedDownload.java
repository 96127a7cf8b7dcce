package io.reportfiles.ledger;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * What one reader's transfers of one file come to, if they are taken together: a download that was resumed, or fetched in
 * several parts.
 *
 * @param segments its transfers in the order in which they began, at least one
 */
public record JoinedDownload(List<TransferDetails> segments) {

    public JoinedDownload {
        segments = List.copyOf(segments);
        if (segments.isEmpty()) {
            throw new IllegalArgumentException("a download without transfers");
        }
    }

    /** Of the transfer that began first. */
    public UUID id() {
        return first().id();
    }

    /** The transfer that began first; file, account, address and user agent are those of all. */
    public TransferDetails first() {
        return segments.get(0);
    }

    /** When the last transfer ended; empty as long as one has not. */
    public Optional<Instant> endedAt() {
        return segments.stream().allMatch(segment -> segment.endedAt().isPresent())
                ? segments.stream()
                        .flatMap(segment -> segment.endedAt().stream())
                        .max(Comparator.naturalOrder())
                : Optional.empty();
    }

    /** Size of the file, empty where it was not looked at. */
    public Optional<Long> fileBytes() {
        return first().fileBytes();
    }

    /** Number of bytes handed to the reader's connections, those that were sent again included. */
    public long bytes() {
        return segments.stream().mapToLong(TransferDetails::bytes).sum();
    }

    /** How many bytes of the file were handed to the reader's connections at least once. */
    public long coveredBytes() {
        List<TransferRange> runs = new ArrayList<>();
        segments.forEach(segment -> runs.addAll(handedOver(segment)));
        runs.sort(Comparator.comparingLong(TransferRange::first));
        long covered = 0;
        long position = 0;
        for (TransferRange run : runs) {
            covered += Math.max(0, run.end() - Math.max(run.first(), position));
            position = Math.max(position, run.end());
        }
        return covered;
    }

    /** Whether every byte of the file was handed to the reader's connections. */
    public boolean isWhole() {
        return segments.stream()
                        .anyMatch(segment -> segment.range().isEmpty() && segment.outcome() == TransferOutcome.COMPLETE)
                || fileBytes()
                        .filter(size -> size > 0 && coveredBytes() == size)
                        .isPresent();
    }

    /** Of several parts at once it is not known how far they got, unless they all did. */
    private static List<TransferRange> handedOver(TransferDetails segment) {
        if (segment.ranges().isPresent()) {
            return segment.outcome() == TransferOutcome.COMPLETE
                    ? TransferRange.parse(segment.ranges().get())
                    : List.of();
        }
        long first = segment.range().map(TransferRange::first).orElse(0L);
        return segment.bytes() == 0 ? List.of() : List.of(new TransferRange(first, segment.bytes()));
    }
}
