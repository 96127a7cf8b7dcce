package io.reportfiles.download;

import io.reportfiles.access.Scope;
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
import java.time.Duration;
import java.util.UUID;
import java.util.function.Consumer;

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

    /**
     * Delivers what {@code plan} has decided.
     *
     * @throws IOException a failure of the store, if nothing was sent yet; or of the reader's connection
     */
    void deliver(HttpServletRequest request, HttpServletResponse response, DownloadPlan plan, ReportFileDetails file)
            throws IOException {
        if (request.getMethod().equals("HEAD")) {
            plan.writeHead(response);
            return;
        }
        StoredFile stored = file.requireStored();
        ReaderConnection connection = ReaderConnection.of(request);
        BodyReader reader =
                new BodyReader(plan.body(), stored, store, plan.body().isWhole(stored.size()), readAheads.of(stored));
        UUID transfer = ledger.begin(request, file, plan);
        Delivery delivery = new Delivery(request, response, plan, reader, connection, transfer, file.owner());
        try {
            int length = (int) Math.min(Integer.MAX_VALUE, plan.body().length());
            if (length == 0) {
                plan.writeHead(response);
                ledger.end(transfer, TransferOutcome.COMPLETE, 0);
            } else if (length <= engine.settings().bufferSize()) {
                deliverAtOnce(delivery, length);
            } else {
                startDownload(delivery);
            }
        } catch (IntegrityException e) {
            ledger.end(transfer, TransferOutcome.INTEGRITY_FAILED, 0);
            LOG.log(Level.ERROR, () -> "transfer %s: integrity: %s".formatted(transfer, e.getMessage()));
            throw new ProblemException(ProblemType.BAD_GATEWAY, "The stored file is damaged; nothing of it was sent.");
        } catch (ClientGoneException e) {
            ledger.end(transfer, TransferOutcome.CLIENT_GONE, 0);
            throw e;
        } catch (ProblemException e) {
            ledger.end(transfer, TransferOutcome.REFUSED, 0);
            throw e;
        } catch (IOException e) {
            ledger.end(transfer, TransferOutcome.STORAGE_FAILED, 0);
            throw e;
        } catch (RuntimeException | Error defect) {
            ledger.end(transfer, TransferOutcome.INTERRUPTED, 0);
            LOG.log(Level.ERROR, () -> "transfer %s: broken off by a defect: %s".formatted(transfer, defect));
            throw defect;
        }
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
                ledger.end(delivery.transfer, TransferOutcome.COMPLETE, length);
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
        Download download = new Download(
                engine,
                delivery.reader,
                output,
                delivery.connection,
                share,
                new RequestEnding(async, delivery.connection, delivery.transfer),
                new DownloadName(delivery.transfer, CurrentCaller.find(delivery.request), delivery.owner));
        preparation.accept(download);
        engine.enter(download);
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
            BodyReader reader,
            ReaderConnection connection,
            UUID transfer,
            Scope owner) {}

    /** Ends the request of a download. */
    private final class RequestEnding implements Ending {

        private final AsyncContext async;
        private final ReaderConnection connection;
        private final UUID transfer;

        RequestEnding(AsyncContext async, ReaderConnection connection, UUID transfer) {
            this.async = async;
            this.connection = connection;
            this.transfer = transfer;
        }

        @Override
        public void complete(long sentBytes) {
            try {
                connection.restore();
            } finally {
                end(TransferOutcome.COMPLETE, sentBytes);
            }
        }

        @Override
        public void broken(TransferOutcome outcome, long sentBytes) {
            try {
                connection.breakOff();
            } finally {
                end(outcome, sentBytes);
            }
        }

        private void end(TransferOutcome outcome, long sentBytes) {
            try {
                async.complete();
            } catch (IllegalStateException e) {
                // The container has ended the request by itself, as it may when the reader has left.
            } finally {
                ledger.end(transfer, outcome, sentBytes);
            }
        }
    }
}
