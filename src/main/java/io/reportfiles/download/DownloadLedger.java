package io.reportfiles.download;

import io.micrometer.core.instrument.MeterRegistry;
import io.reportfiles.download.http.DownloadPlan;
import io.reportfiles.ledger.NewTransfer;
import io.reportfiles.ledger.TransferLedger;
import io.reportfiles.ledger.TransferOutcome;
import io.reportfiles.ledger.TransferRange;
import io.reportfiles.reportfile.ReportFileDetails;
import io.reportfiles.reportfile.ReportFileId;
import io.reportfiles.storage.ByteRange;
import io.reportfiles.web.problem.ProblemException;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/**
 * Enters downloads into the ledger of transfers: every one that begins, and every one that is refused. {@code HEAD} moves
 * no bytes, so it leaves a row only when it is refused. Thread-safe.
 */
@ApplicationScoped
class DownloadLedger {

    @Inject
    private TransferLedger ledger;

    @Inject
    private KnownDamage damage;

    @Inject
    private MeterRegistry meters;

    /** Those whose end tells whether a damaged file is as it was submitted again. */
    private final Set<UUID> rechecks = ConcurrentHashMap.newKeySet();

    /**
     * Makes a decision about a download, and notes it when it is a refusal.
     *
     * @param file the file asked for, where there is one
     */
    <T> T noteRefusal(HttpServletRequest request, Optional<ReportFileId> file, Supplier<T> decision) {
        try {
            return decision.get();
        } catch (ProblemException refusal) {
            note(request, file, TransferOutcome.REFUSED, refusal.type().status());
            throw refusal;
        }
    }

    /** Notes that the reader has these files already. */
    void notModified(HttpServletRequest request, List<ReportFileDetails> files) {
        if (request.getMethod().equals("GET")) {
            files.forEach(file -> note(
                    request,
                    Optional.of(file.id()),
                    TransferOutcome.NOT_MODIFIED,
                    HttpServletResponse.SC_NOT_MODIFIED));
        }
    }

    private void note(HttpServletRequest request, Optional<ReportFileId> file, TransferOutcome outcome, int status) {
        NewTransfer transfer = NewTransfer.of(request);
        ledger.record(file.map(id -> transfer.ofFile(id.value())).orElse(transfer), outcome, status);
        count(outcome);
    }

    /**
     * Notes a download that begins, without waiting for the database: no byte leaves before its rows are written. There is
     * one for each file of which it has bytes, for an empty file too if it has all; and one that names no file for a part of
     * a ZIP file without any.
     *
     * @param files those that the body is made of
     * @return must be ended, whether the rows get written or not
     */
    LedgerRows begin(HttpServletRequest request, List<ReportFileDetails> files, DownloadPlan plan) {
        NewTransfer transfer = NewTransfer.of(request);
        List<NewTransfer> transfers = new ArrayList<>();
        List<Integer> numbers = new ArrayList<>();
        for (int i = 0; i < files.size(); i++) {
            long size = files.get(i).requireStored().size();
            List<ByteRange> ranges = plan.body().rangesOf(i);
            if (!ranges.isEmpty() || (size == 0 && plan.status() == HttpServletResponse.SC_OK)) {
                transfers.add(transfer.ofFile(files.get(i).id().value()).ofRanges(parts(ranges, size), size));
                numbers.add(i);
            }
        }
        if (transfers.isEmpty()) {
            transfers.add(transfer);
        }
        LedgerRows rows = new LedgerRows(plan.body(), ledger.begin(transfers), numbers);
        rows.files().forEach((id, number) -> {
            ReportFileDetails file = files.get(number);
            if ((file.damagedAt().isPresent() || damage.has(file.id())) && plan.status() == HttpServletResponse.SC_OK) {
                rechecks.add(id);
            }
        });
        return rows;
    }

    /**
     * Notes how a download ended, without waiting for the database: by then the reader has the bytes. Only if it came to
     * nothing the rows may still be on their way; where they can't be committed there is nothing to note.
     *
     * <p>A file that was found damaged is known as such when this returns: to this node in any case, and to all others
     * unless the database is away.
     *
     * @param files those that the body is made of
     * @param damaged which of them was found to have other bytes than were submitted
     */
    void end(
            LedgerRows rows,
            List<ReportFileDetails> files,
            TransferOutcome outcome,
            long sentBytes,
            OptionalInt damaged) {
        damaged.ifPresent(file -> damage.add(files.get(file).id()));
        try {
            rows.entry().await();
        } catch (RuntimeException notEntered) { // so nothing was sent
            rechecks.removeAll(rows.files().keySet());
            return;
        }
        meters.counter("reportfiles.transfer.bytes").increment((double) sentBytes);
        for (LedgerRows.End end : rows.ends(outcome, sentBytes, damaged)) {
            count(end.outcome());
            if (rechecks.remove(end.transfer()) && end.outcome() == TransferOutcome.COMPLETE) {
                ledger.endIntact(end.transfer(), end.bytes());
            } else {
                ledger.end(end.transfer(), end.outcome(), end.bytes());
            }
        }
        if (damaged.isPresent()) {
            ledger.awaitEnds();
        }
    }

    private void count(TransferOutcome outcome) {
        meters.counter("reportfiles.transfers", "outcome", outcome.name().toLowerCase(Locale.ROOT))
                .increment();
    }

    /** The parts asked for; none for the whole file. */
    private static List<TransferRange> parts(List<ByteRange> ranges, long size) {
        return size == 0 || ranges.equals(List.of(ByteRange.whole(size)))
                ? List.of()
                : ranges.stream()
                        .map(range -> new TransferRange(range.offset(), range.length()))
                        .toList();
    }
}
