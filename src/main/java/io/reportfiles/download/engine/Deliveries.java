package io.reportfiles.download.engine;

import io.reportfiles.download.http.DownloadPlan;
import io.reportfiles.ledger.TransferOutcome;
import io.reportfiles.persistence.DatabaseAway;
import io.reportfiles.web.problem.ProblemException;
import io.reportfiles.web.problem.ProblemType;
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
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Consumer;

/**
 * Starts the delivery of a body: at once where it fits into one buffer, otherwise by a {@link Download} that goes on
 * when the request's thread has left. In both cases the store has answered before anything is promised to the reader.
 */
@ApplicationScoped
public class Deliveries {

    private static final Logger LOG = System.getLogger(Deliveries.class.getName());

    private DownloadEngine engine;
    private ReaderConnections connections;

    /** For the client proxy. */
    protected Deliveries() {}

    @Inject
    Deliveries(DownloadEngine engine, ReaderConnections connections) {
        this.engine = engine;
        this.connections = connections;
    }

    /**
     * Delivers what {@code plan} has decided.
     *
     * @param reader of its body, at the first byte
     * @param log is told of the end, even if this throws
     * @param patience how long to wait for memory and for a connection to the store
     * @throws IOException a failure of the store, if nothing was sent yet; or of the reader's connection
     * @throws ProblemException if nothing was sent since there is too much to do, or the file is damaged
     * @throws RuntimeException what {@code log} throws if the beginning can't be noted; nothing was sent
     */
    public void deliver(
            HttpServletRequest request,
            HttpServletResponse response,
            DownloadPlan plan,
            BodyReader reader,
            DeliveryLog log,
            Duration patience)
            throws IOException {
        Delivery delivery = new Delivery(request, response, plan, reader, connections.of(request), log, patience);
        try {
            int length = (int) Math.min(Integer.MAX_VALUE, plan.body().length());
            if (length == 0) {
                log.awaitNoted();
                plan.writeHead(response);
                delivery.ended(TransferOutcome.COMPLETE, 0);
            } else if (length <= engine.settings().bufferSize()) {
                deliverAtOnce(delivery, length);
            } else {
                startDownload(delivery);
            }
        } catch (IntegrityException e) {
            delivery.ended(TransferOutcome.INTEGRITY_FAILED, 0);
            LOG.log(Level.ERROR, () -> "%s: integrity: %s".formatted(log.name(), e.getMessage()));
            throw new ProblemException(ProblemType.BAD_GATEWAY, "The stored file is damaged; nothing of it was sent.");
        } catch (ClientGoneException e) {
            delivery.ended(TransferOutcome.CLIENT_GONE, 0);
            throw e;
        } catch (ProblemException e) {
            delivery.ended(TransferOutcome.REFUSED, 0);
            throw e;
        } catch (IOException e) {
            delivery.ended(TransferOutcome.STORAGE_FAILED, 0);
            throw e;
        } catch (RuntimeException | Error defect) {
            delivery.ended(TransferOutcome.INTERRUPTED, 0);
            if (!DatabaseAway.isCauseOf(defect)) { // which is told by whoever answers
                LOG.log(Level.ERROR, () -> "%s: broken off by a defect: %s".formatted(log.name(), defect));
            }
            throw defect;
        }
    }

    private void deliverAtOnce(Delivery delivery, int length) throws IOException {
        reserve(delivery, length);
        BufferShare share = BufferShare.rest(engine.budget(), length);
        boolean handedOver = false;
        try {
            byte[] bytes = readAll(delivery, length);
            delivery.log.awaitNoted();
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
                delivery.ended(TransferOutcome.COMPLETE, length);
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

    private byte[] readAll(Delivery delivery, int length) throws IOException {
        StreamSlots.Holder slot = takeSlot(delivery);
        try {
            return new SmallBody(
                            delivery.reader,
                            new RetryBackoff(ReaderPolicy.SMALL_FILE_RETRIES, ThreadLocalRandom.current()))
                    .read(length);
        } finally {
            delivery.reader.release();
            engine.slots().release(slot);
        }
    }

    /** Memory and the ledger first: who waits for them must not hold a connection to the store. */
    private void startDownload(Delivery delivery) throws IOException {
        reserve(delivery, ReaderPolicy.LEAST_BYTES);
        BufferShare share = BufferShare.begin(engine.budget(), engine.settings().bufferSize());
        boolean handedOver = false;
        try {
            delivery.log.awaitNoted();
            StreamSlots.Holder slot = takeSlot(delivery);
            try {
                if (delivery.plan.status() == HttpServletResponse.SC_OK) { // who resumes was promised all before
                    delivery.reader.requireLaterFiles(delivery.patience);
                }
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
    private void begin(Delivery delivery, BufferShare share, Consumer<Download> preparation) throws IOException {
        ServletOutputStream output = delivery.response.getOutputStream();
        AsyncContext async = delivery.request.startAsync();
        async.setTimeout(0); // a long download is no fault; readers who take nothing are the engine's business
        Download download = new Download(
                engine,
                delivery.reader,
                output,
                delivery.connection,
                share,
                new RequestEnding(async, delivery),
                delivery.log.name());
        preparation.accept(download);
        delivery.log.goesOn(download, delivery.reader::handedOut); // before the engine knows of it
        engine.enter(download); // from here on it may end at any time
        try {
            output.setWriteListener(download);
        } catch (RuntimeException e) { // the connection has gone meanwhile
            download.onError(e);
        }
    }

    private void reserve(Delivery delivery, int bytes) {
        if (!engine.budget().awaitReserved(bytes, delivery.patience)) {
            throw busy();
        }
    }

    private StreamSlots.Holder takeSlot(Delivery delivery) {
        return engine.slots().takeWithin(delivery.patience).orElseThrow(Deliveries::busy);
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
            DeliveryLog log,
            Duration patience) {

        void ended(TransferOutcome outcome, long sentBytes) {
            log.ended(outcome, sentBytes, reader.damaged());
        }
    }

    /**
     * Ends the request of a download.
     *
     * @param async the request, which the container has let go
     * @param delivery what was to be delivered
     */
    private record RequestEnding(AsyncContext async, Delivery delivery) implements Ending {

        @Override
        public void complete(long sentBytes) {
            delivery.log.sent(sentBytes);
            try {
                delivery.connection.restore();
            } finally {
                try {
                    completeRequest();
                } finally {
                    delivery.ended(TransferOutcome.COMPLETE, sentBytes);
                }
            }
        }

        @Override
        public void broken(TransferOutcome outcome, long sentBytes) {
            try {
                delivery.ended(outcome, sentBytes); // first: the reader may come back as soon as the connection breaks
            } finally {
                try {
                    delivery.connection.breakOff();
                } finally {
                    completeRequest();
                }
            }
        }

        private void completeRequest() {
            try {
                async.complete();
            } catch (IllegalStateException e) {
                // The container has ended the request by itself, as it may when the reader has left.
            }
        }
    }
}
