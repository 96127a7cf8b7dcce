package io.reportfiles.download;

import io.reportfiles.audit.TransferOutcome;
import io.reportfiles.reportfile.ReportFileDetails;
import io.reportfiles.reportfile.StoredFile;
import io.reportfiles.storage.ObjectStore;
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
import java.util.concurrent.ThreadLocalRandom;

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
        UUID transfer = ledger.begin(request, file, plan);
        BodyReader reader =
                new BodyReader(plan.body(), stored, store, plan.body().isWhole(stored.size()));
        try {
            if (plan.body().length() <= engine.settings().bufferSize()) {
                deliverAtOnce(response, plan, reader);
                ledger.end(transfer, TransferOutcome.COMPLETE, plan.body().length());
            } else {
                startDownload(request, response, plan, reader, transfer);
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
        } catch (IOException | RuntimeException e) {
            ledger.end(transfer, TransferOutcome.STORAGE_FAILED, 0);
            throw e;
        }
    }

    private void deliverAtOnce(HttpServletResponse response, DownloadPlan plan, BodyReader reader) throws IOException {
        byte[] bytes = plan.body().segments().isEmpty() ? new byte[0] : readAll(plan, reader);
        plan.writeHead(response);
        try {
            response.getOutputStream().write(bytes);
        } catch (IOException | IllegalStateException e) { // the latter is how Grizzly says it
            throw new ClientGoneException(e);
        }
    }

    private byte[] readAll(DownloadPlan plan, BodyReader reader) throws IOException {
        StreamSlots.Holder slot = takeSlot();
        try {
            return reader.readAll((int) plan.body().length());
        } finally {
            reader.release();
            engine.slots().release(slot);
        }
    }

    private void startDownload(
            HttpServletRequest request,
            HttpServletResponse response,
            DownloadPlan plan,
            BodyReader reader,
            UUID transfer)
            throws IOException {
        StreamSlots.Holder slot = takeSlot();
        try {
            reader.openFirst();
            plan.writeHead(response);
            ServletOutputStream output = response.getOutputStream();
            ConnectionBreaker breaker = ConnectionBreaker.of(request);
            AsyncContext async = request.startAsync();
            async.setTimeout(0); // a long download is no fault; readers who take nothing are the engine's business
            Download download = new Download(
                    engine,
                    reader,
                    output,
                    new RequestEnding(async, breaker, transfer),
                    new Healing(engine.settings().healingTime(), ThreadLocalRandom.current()),
                    "transfer " + transfer);
            engine.enter(download);
            output.setWriteListener(download);
        } catch (IOException | RuntimeException e) {
            reader.release();
            engine.slots().release(slot);
            throw e;
        }
    }

    private StreamSlots.Holder takeSlot() {
        return engine.slots()
                .takeWithin(engine.settings().busyWait())
                .orElseThrow(() -> ProblemException.retryLater(
                        ProblemType.BUSY, "Too many downloads are under way. Try again soon.", Duration.ofSeconds(5)));
    }

    /** Ends the request of a download. */
    private final class RequestEnding implements Download.Ending {

        private final AsyncContext async;
        private final ConnectionBreaker breaker;
        private final UUID transfer;

        RequestEnding(AsyncContext async, ConnectionBreaker breaker, UUID transfer) {
            this.async = async;
            this.breaker = breaker;
            this.transfer = transfer;
        }

        @Override
        public void complete(long sentBytes) {
            end(TransferOutcome.COMPLETE, sentBytes);
        }

        @Override
        public void broken(TransferOutcome outcome, long sentBytes) {
            breaker.breakConnection();
            end(outcome, sentBytes);
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
