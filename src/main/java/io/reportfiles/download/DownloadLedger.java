package io.reportfiles.download;

import io.micrometer.core.instrument.MeterRegistry;
import io.reportfiles.audit.NewTransfer;
import io.reportfiles.audit.TransferLedger;
import io.reportfiles.audit.TransferOutcome;
import io.reportfiles.audit.TransferRange;
import io.reportfiles.download.Body.Content;
import io.reportfiles.reportfile.ReportFileDetails;
import io.reportfiles.reportfile.ReportFileId;
import io.reportfiles.web.ProblemException;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
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

    /** Notes that the reader has the file already. */
    void notModified(HttpServletRequest request, ReportFileId file) {
        if (request.getMethod().equals("GET")) {
            note(request, Optional.of(file), TransferOutcome.NOT_MODIFIED, HttpServletResponse.SC_NOT_MODIFIED);
        }
    }

    private void note(HttpServletRequest request, Optional<ReportFileId> file, TransferOutcome outcome, int status) {
        NewTransfer transfer = NewTransfer.of(request);
        ledger.record(file.map(id -> transfer.ofFile(id.value())).orElse(transfer), outcome, status);
        count(outcome);
    }

    /** Notes a download that begins: no byte leaves before its row is written. */
    UUID begin(HttpServletRequest request, ReportFileDetails file, DownloadPlan plan) {
        long size = file.requireStored().size();
        UUID transfer = ledger.begin(
                NewTransfer.of(request).ofFile(file.id().value()).ofRanges(ranges(plan.body(), size), size));
        if (file.damagedAt().isPresent() && plan.body().isWhole(size)) {
            rechecks.add(transfer);
        }
        return transfer;
    }

    /** Notes how a download ended, without waiting for the database: by then the reader has the bytes. */
    void end(UUID transfer, TransferOutcome outcome, long sentBytes) {
        count(outcome);
        meters.counter("reportfiles.transfer.bytes").increment((double) sentBytes);
        if (rechecks.remove(transfer) && outcome == TransferOutcome.COMPLETE) {
            ledger.endIntact(transfer, sentBytes);
        } else {
            ledger.end(transfer, outcome, sentBytes);
        }
    }

    private void count(TransferOutcome outcome) {
        meters.counter("reportfiles.transfers", "outcome", outcome.name().toLowerCase(Locale.ROOT))
                .increment();
    }

    /** The parts asked for; none for the whole file. */
    private static List<TransferRange> ranges(Body body, long size) {
        return body.isWhole(size)
                ? List.of()
                : body.segments().stream()
                        .filter(Content.class::isInstance)
                        .map(segment -> ((Content) segment).range())
                        .map(range -> new TransferRange(range.offset(), range.length()))
                        .toList();
    }
}
