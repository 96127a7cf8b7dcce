package io.reportfiles.download;

import io.reportfiles.download.engine.DeliveryLog;
import io.reportfiles.download.engine.Download;
import io.reportfiles.download.engine.DownloadSubject;
import io.reportfiles.ledger.TransferOutcome;
import io.reportfiles.ledger.running.RunningTransfer;
import io.reportfiles.ledger.running.RunningTransfers;
import io.reportfiles.reportfile.ReportFileDetails;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.LongSupplier;

/** The delivery of report files: entered in the ledger, shown to those who watch, counted in what the reader may take. */
final class RecordedDelivery implements DeliveryLog {

    private final DownloadSubject name;
    private final LedgerRows rows;
    private final List<ReportFileDetails> files;
    private final Optional<String> remoteAddress;
    private final DownloadLimits.Admission admission;
    private final DownloadLedger ledger;
    private final RunningTransfers running;
    private final Clock clock;
    private volatile Optional<RunningTransfer> entered = Optional.empty();

    /** One whose rows are written, or on their way. */
    RecordedDelivery(
            DownloadSubject name,
            LedgerRows rows,
            List<ReportFileDetails> files,
            Optional<String> remoteAddress,
            DownloadLimits.Admission admission,
            DownloadLedger ledger,
            RunningTransfers running,
            Clock clock) {
        this.name = name;
        this.rows = rows;
        this.files = files;
        this.remoteAddress = remoteAddress;
        this.admission = admission;
        this.ledger = ledger;
        this.running = running;
        this.clock = clock;
    }

    @Override
    public DownloadSubject name() {
        return name;
    }

    @Override
    public void awaitNoted() {
        rows.entry().await();
    }

    @Override
    public void goesOn(Download download, LongSupplier handedOut) {
        RunningTransfer transfer = new RunningTransfer(
                rows.first(),
                RunningTransfer.Kind.DOWNLOAD,
                files.stream().map(file -> file.id().value()).toList(),
                name.reader(),
                name.owners(),
                remoteAddress,
                clock.instant(),
                Optional.of(rows.body().length()),
                handedOut,
                reason -> download.interrupt(TransferOutcome.INTERRUPTED));
        entered = Optional.of(transfer);
        running.enter(transfer);
    }

    @Override
    public void sent(long bytes) {
        admission.end(bytes);
    }

    @Override
    public void ended(TransferOutcome outcome, long sentBytes, OptionalInt damaged) {
        entered.ifPresent(running::leave);
        admission.end(sentBytes);
        ledger.end(rows, files, outcome, sentBytes, damaged);
    }
}
