package io.reportfiles.download;

import io.micrometer.core.instrument.MeterRegistry;
import io.reportfiles.audit.NewTransfer;
import io.reportfiles.audit.TransferLedger;
import io.reportfiles.audit.TransferOutcome;
import io.reportfiles.audit.TransferRange;
import io.reportfiles.download.Body.Content;
import io.reportfiles.reportfile.ReportFileId;
import io.reportfiles.storage.ByteRange;
import io.reportfiles.web.CurrentCaller;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;

/** Enters downloads into the ledger of transfers. Thread-safe. */
@ApplicationScoped
class DownloadLedger {

    private static final Logger LOG = System.getLogger(DownloadLedger.class.getName());

    @Inject
    private TransferLedger ledger;

    @Inject
    private MeterRegistry meters;

    /** Notes a download that is over before a byte was sent. */
    void note(HttpServletRequest request, Optional<ReportFileId> file, TransferOutcome outcome) {
        count(outcome);
        ledger.record(transfer(request, file, Optional.empty()), outcome);
    }

    /** Notes a download that begins: no byte leaves before its row is written. */
    UUID begin(HttpServletRequest request, ReportFileId file, DownloadPlan plan, long size) {
        return ledger.begin(transfer(request, Optional.of(file), range(plan.body(), size)));
    }

    /**
     * Notes how a download ended. By then the reader has the bytes: a database that is away leaves the row as begun, and
     * must not break what went well.
     */
    void end(UUID transfer, TransferOutcome outcome, long sentBytes) {
        count(outcome);
        meters.counter("reportfiles.transfer.bytes").increment((double) sentBytes);
        try {
            ledger.end(transfer, outcome, sentBytes);
        } catch (RuntimeException e) {
            LOG.log(
                    Level.WARNING,
                    () -> "transfer %s ended %s after %d bytes, but could not be noted: %s"
                            .formatted(transfer, outcome, sentBytes, e));
        }
    }

    private void count(TransferOutcome outcome) {
        meters.counter("reportfiles.transfers", "outcome", outcome.name().toLowerCase(Locale.ROOT))
                .increment();
    }

    private static NewTransfer transfer(
            HttpServletRequest request, Optional<ReportFileId> file, Optional<TransferRange> range) {
        return new NewTransfer(
                file.map(ReportFileId::value),
                CurrentCaller.find(request),
                request.getRemoteAddr(),
                Optional.ofNullable(request.getHeader("User-Agent")).orElse(""),
                request.getMethod(),
                range);
    }

    /** From the first byte asked for to the last, whatever lies in between; nothing for the whole file. */
    private static Optional<TransferRange> range(Body body, long size) {
        var contents = body.segments().stream()
                .filter(Content.class::isInstance)
                .map(segment -> ((Content) segment).range())
                .toList();
        long first = contents.stream().mapToLong(ByteRange::offset).min().orElse(0);
        long end = contents.stream().mapToLong(ByteRange::end).max().orElse(size);
        return first == 0 && end == size ? Optional.empty() : Optional.of(new TransferRange(first, end - first));
    }
}
