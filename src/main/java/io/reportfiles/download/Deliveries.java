package io.reportfiles.download;

import io.reportfiles.access.Caller;
import io.reportfiles.audit.RunningTransfer;
import io.reportfiles.audit.RunningTransfers;
import io.reportfiles.audit.TransferOutcome;
import io.reportfiles.reportfile.ReportFileDetails;
import io.reportfiles.reportfile.StoredFile;
import io.reportfiles.storage.ObjectStore;
import io.reportfiles.web.CurrentCaller;
import io.reportfiles.web.ProblemException;
import io.reportfiles.web.ProblemType;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * Starts the delivery of a body: at once where it fits into one buffer, otherwise by a {@link Download} that goes on
 * when the request's thread has left. In both cases the store has answered before anything is promised to the reader.
 */
@ApplicationScoped
class Deliveries {

    private static final Logger LOG = System.getLogger(Deliveries.class.getName());

    @Inject
    private ObjectStore store;

    @Inject
    private DownloadEngine engine;

    @Inject
    private ReadAheads readAheads;

    @Inject
    private DownloadLedger ledger;

    @Inject
    private RunningTransfers running;

    @Inject
    private Clock clock;

    /**
     * Delivers what {@code plan} has decided.
     *
     * @param files those that its body is made of
     * @param admission is ended with the download; if this throws, by the caller
     * @throws IOException a failure of the store, if nothing was sent yet; or of the reader's connection
     */
    void deliver(
            HttpServletRequest request,
            HttpServletResponse response,
            DownloadPlan plan,
            List<ReportFileDetails> files,
            DownloadLimits.Admission admission)
            throws IOException {
        List<StoredFile> stored =
                files.stream().map(ReportFileDetails::requireStored).toList();
        ReaderConnection connection = ReaderConnection.of(request);
        BodyReader reader = new BodyReader(plan.body(), stored, store, readAheads::of);
        LedgerRows rows = ledger.begin(request, files, plan);
        Delivery delivery = new Delivery(request, response, plan, files, admission, reader, connection, rows);
        try {
            int length = (int) Math.min(Integer.MAX_VALUE, plan.body().length());
            if (length == 0) {
                plan.writeHead(response);
                end(delivery, TransferOutcome.COMPLETE, 0);
            } else if (length <= engine.settings().bufferSize()) {
                deliverAtOnce(delivery, length);
            } else {
                startDownload(delivery);
            }
        } catch (IntegrityException e) {
            end(delivery, TransferOutcome.INTEGRITY_FAILED, 0);
            LOG.log(Level.ERROR, () -> "transfer %s: integrity: %s".formatted(rows.first(), e.getMessage()));
            throw new ProblemException(ProblemType.BAD_GATEWAY, "The stored file is damaged; nothing of it was sent.");
        } catch (ClientGoneException e) {
            end(delivery, TransferOutcome.CLIENT_GONE, 0);
            throw e;
        } catch (ProblemException e) {
            end(delivery, TransferOutcome.REFUSED, 0);
            throw e;
        } catch (IOException e) {
            end(delivery, TransferOutcome.STORAGE_FAILED, 0);
            throw e;
        } catch (RuntimeException | Error defect) {
            end(delivery, TransferOutcome.INTERRUPTED, 0);
            LOG.log(Level.ERROR, () -> "transfer %s: broken off by a defect: %s".formatted(rows.first(), defect));
            throw defect;
        }
    }

    private void end(Delivery delivery, TransferOutcome outcome, long sentBytes) {
        delivery.admission.end(sentBytes);
        ledger.end(delivery.rows, outcome, sentBytes, delivery.reader.damaged());
    }

    private void deliverAtOnce(Delivery delivery, int length) throws IOException {
        reserve(length);
        Share share = Share.rest(engine.budget(), length);
        boolean handedOver = false;
        try {
            byte[] bytes = readAll(delivery.reader, length);
            delivery.plan.writeHead(delivery.response);
            boolean written = delivery.connection.takesAtOnce(length);
            if (written) {
                write(delivery.response.getOutputStream(), bytes);
            }
            if (!written || delivery.connection.pendingBytes() > 0) {
                begin(delivery, share, download -> download.startWith(bytes, written));
                handedOver = true;
            } else {
                delivery.connection.restore();
                end(delivery, TransferOutcome.COMPLETE, length);
            }
        } finally {
            if (!handedOver) {
                share.close();
            }
        }
    }

    /** Not left in the server's buffer, where nobody would hear that the reader has gone. */
    private static void write(ServletOutputStream output, byte[] bytes) throws ClientGoneException {
        try {
            output.write(bytes);
            output.flush();
        } catch (IOException | IllegalStateException e) { // the latter is how Grizzly says it
            throw new ClientGoneException(e);
        }
    }

    private byte[] readAll(BodyReader reader, int length) throws IOException {
        StreamSlots.Holder slot = takeSlot();
        try {
            return reader.readAll(length);
        } finally {
            reader.release();
            engine.slots().release(slot);
        }
    }

    /** Memory first: who waits for it must not hold a connection to the store. */
    private void startDownload(Delivery delivery) throws IOException {
        reserve(Share.LEAST_BYTES);
        Share share = Share.begin(engine.budget(), engine.settings().bufferSize());
        boolean handedOver = false;
        try {
            StreamSlots.Holder slot = takeSlot();
            try {
                delivery.reader.openFirst();
                delivery.plan.writeHead(delivery.response);
                begin(delivery, share, download -> {});
                handedOver = true;
            } finally {
                if (!handedOver) {
                    delivery.reader.release();
                    engine.slots().release(slot);
                }
            }
        } finally {
            if (!handedOver) {
                share.close();
            }
        }
    }

    /** Lets the engine go on; from here on the download gives back by itself what it holds. */
    private void begin(Delivery delivery, Share share, Consumer<Download> preparation) throws IOException {
        ServletOutputStream output = delivery.response.getOutputStream();
        AsyncContext async = delivery.request.startAsync();
        async.setTimeout(0); // a long download is no fault; readers who take nothing are the engine's business
        RequestEnding ending = new RequestEnding(async, delivery);
        Download download = new Download(
                engine,
                delivery.reader,
                output,
                delivery.connection,
                share,
                ending,
                new DownloadName(
                        delivery.rows.first(),
                        CurrentCaller.find(delivery.request),
                        delivery.files.stream().map(ReportFileDetails::owner).collect(Collectors.toSet())));
        preparation.accept(download);
        ending.enter(download);
        engine.enter(download); // from here on it may end at any time
        try {
            output.setWriteListener(download);
        } catch (RuntimeException e) { // the connection has gone meanwhile
            download.onError(e);
        }
    }

    private void reserve(int bytes) {
        if (!engine.budget().awaitReserved(bytes, engine.settings().busyWait())) {
            throw busy();
        }
    }

    private StreamSlots.Holder takeSlot() {
        return engine.slots().takeWithin(engine.settings().busyWait()).orElseThrow(Deliveries::busy);
    }

    private static ProblemException busy() {
        return ProblemException.retryLater(
                ProblemType.BUSY, "Too many downloads are under way. Try again soon.", Duration.ofSeconds(5));
    }

    /** What it takes to deliver one body. */
    private record Delivery(
            HttpServletRequest request,
            HttpServletResponse response,
            DownloadPlan plan,
            List<ReportFileDetails> files,
            DownloadLimits.Admission admission,
            BodyReader reader,
            ReaderConnection connection,
            LedgerRows rows) {}

    /** Ends the request of a download. */
    private final class RequestEnding implements Ending {

        private final AsyncContext async;
        private final Delivery delivery;
        private Optional<RunningTransfer> entered = Optional.empty();

        RequestEnding(AsyncContext async, Delivery delivery) {
            this.async = async;
            this.delivery = delivery;
        }

        /** Shows the download to those who watch, until it has ended; before the engine knows of it. */
        void enter(Download download) {
            RunningTransfer transfer = new RunningTransfer(
                    delivery.rows.first(),
                    RunningTransfer.Kind.DOWNLOAD,
                    delivery.files.stream().map(file -> file.id().value()).toList(),
                    download.name().reader().map(Caller::name),
                    Optional.ofNullable(delivery.request.getRemoteAddr()),
                    clock.instant(),
                    Optional.of(delivery.plan.body().length()),
                    delivery.reader::handedOut,
                    () -> download.interrupt(TransferOutcome.INTERRUPTED));
            entered = Optional.of(transfer);
            running.enter(transfer);
        }

        @Override
        public void complete(long sentBytes) {
            delivery.admission.end(sentBytes); // first of all: the reader may be asking for the next file already
            try {
                delivery.connection.restore();
            } finally {
                end(TransferOutcome.COMPLETE, sentBytes);
            }
        }

        @Override
        public void broken(TransferOutcome outcome, long sentBytes) {
            try {
                delivery.connection.breakOff();
            } finally {
                end(outcome, sentBytes);
            }
        }

        private void end(TransferOutcome outcome, long sentBytes) {
            entered.ifPresent(running::leave);
            try {
                async.complete();
            } catch (IllegalStateException e) {
                // The container has ended the request by itself, as it may when the reader has left.
            } finally {
                Deliveries.this.end(delivery, outcome, sentBytes);
            }
        }
    }
}
