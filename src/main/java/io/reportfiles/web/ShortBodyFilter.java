package io.reportfiles.web;

import io.reportfiles.web.http.RequestIds;
import io.reportfiles.web.problem.ProblemException;
import io.reportfiles.web.problem.ProblemType;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Reads every body that is not a submission before the request goes on: at most {@link ShortBody#MAX_BYTES}, within
 * {@link #PATIENCE} from the first byte to the last. No thread waits for it, so slow senders hold none, strangers
 * included; the request goes on by a dispatch of the container when the body is there. A body that came with its head is
 * taken at once.
 */
public final class ShortBodyFilter extends HttpFilter {

    private static final long serialVersionUID = 1L;

    /** How long all of a body may take. */
    static final Duration PATIENCE = Duration.ofSeconds(10);

    /** How many bodies may be waited for at a time: with the most bytes of each, 64 MiB of memory. */
    static final int MOST_AWAITED = 1000;

    private static final Logger LOG = System.getLogger(ShortBodyFilter.class.getName());
    private static final String RECEIVER = ShortBodyFilter.class.getName();
    private static final Duration RETRY_AFTER = Duration.ofSeconds(5);

    private final transient AtomicInteger awaited = new AtomicInteger();

    @Override
    protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        if (request.getAttribute(RECEIVER) instanceof Receiver receiver) { // the dispatch
            goOn(receiver, request, response, chain);
        } else if (ShortBody.isExpected(request) && request.isAsyncSupported()) {
            receive(request, response, chain);
        } else { // nothing to read, or a servlet that reads nothing
            chain.doFilter(request, response);
        }
    }

    private static void goOn(
            Receiver receiver, HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        Optional<ProblemException> refusal = receiver.refusal();
        if (response.isCommitted()) { // nobody has answered yet, so the connection has gone
            LOG.log(Level.DEBUG, "the client left with its body, request {0}", RequestIds.of(request));
            return;
        }
        if (refusal.isPresent()) {
            response.setHeader("Connection", "close"); // the rest of the body is not read (RFC 9112 §9.6)
            throw refusal.get();
        }
        chain.doFilter(request, response);
    }

    private void receive(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        long length = request.getContentLengthLong();
        if (length > ShortBody.MAX_BYTES) {
            response.setHeader("Connection", "close");
            throw tooLong();
        }
        ServletInputStream body = request.getInputStream();
        if (length > 0 && body.available() >= length) {
            byte[] whole = body.readNBytes((int) length);
            chain.doFilter(ShortBody.with(request, () -> whole), response);
            return;
        }
        if (awaited.incrementAndGet() > MOST_AWAITED) {
            awaited.decrementAndGet();
            response.setHeader("Connection", "close");
            throw ProblemException.retryLater(
                    ProblemType.BUSY, "Too many requests are being received now. Try again in a moment.", RETRY_AFTER);
        }
        await(request, response, body, chain);
    }

    private void await(
            HttpServletRequest request, HttpServletResponse response, ServletInputStream body, FilterChain chain)
            throws IOException, ServletException {
        Receiver receiver = new Receiver(body, request.getContentLengthLong());
        request.setAttribute(RECEIVER, receiver);
        HttpServletRequest whole = ShortBody.with(request, receiver);
        AsyncContext exchange = request.startAsync(whole, response);
        exchange.setTimeout(PATIENCE.toMillis());
        ThreadLocal<Boolean> beginning = ThreadLocal.withInitial(() -> false);
        AtomicBoolean endedHere = new AtomicBoolean();
        receiver.whenEnded(() -> {
            awaited.decrementAndGet();
            if (beginning.get()) {
                endedHere.set(true);
            } else {
                awaitReturn(exchange);
                exchange.dispatch();
            }
        });
        exchange.addListener(receiver);
        beginning.set(true);
        try {
            body.setReadListener(receiver);
        } finally {
            beginning.remove(); // this thread may be the one that the container calls later
        }
        if (endedHere.get()) { // all of it was there, so this thread goes on
            goOn(receiver, whole, response, chain);
            exchange.complete();
        }
    }

    /**
     * Waits until the thread that began the exchange has returned to the container, which takes it no time. Payara would
     * let both go on with the one request at once. That the time-out cannot be set any more is how the container tells
     * (AsyncContext#setTimeout).
     */
    private static void awaitReturn(AsyncContext exchange) {
        long start = System.nanoTime();
        try {
            while (System.nanoTime() - start < PATIENCE.toNanos()) {
                exchange.setTimeout(PATIENCE.toMillis());
                Thread.sleep(1);
            }
        } catch (IllegalStateException returned) {
            return;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static ProblemException tooLong() {
        return new ProblemException(
                ProblemType.CONTENT_TOO_LARGE, "At most %,d bytes are read here.".formatted(ShortBody.MAX_BYTES));
    }

    /** Collects a body as it comes. The container calls it by one thread at a time; a time-out may come between. */
    private static final class Receiver implements ReadListener, AsyncListener, ShortBody.Received {

        private enum End {
            WHOLE,
            TOO_LONG,
            TOO_SLOW,
            CUT_OFF
        }

        private final ServletInputStream source;
        private final long announced;
        private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        private final AtomicReference<End> end = new AtomicReference<>();
        private Runnable whenEnded = () -> {};

        /**
         * Begins with the first byte.
         *
         * @param announced the length of the body in bytes; below 0 if the client named none
         */
        Receiver(ServletInputStream source, long announced) {
            this.source = source;
            this.announced = announced;
        }

        void whenEnded(Runnable action) {
            whenEnded = action;
        }

        @Override
        public byte[] bytes() {
            return bytes.toByteArray();
        }

        /** The answer to a body that did not come whole. */
        Optional<ProblemException> refusal() {
            return switch (end.get()) {
                case WHOLE -> Optional.empty();
                case TOO_LONG -> Optional.of(tooLong());
                case TOO_SLOW ->
                    Optional.of(new ProblemException(
                            ProblemType.REQUEST_TIMEOUT,
                            "The body did not arrive within %d seconds.".formatted(PATIENCE.toSeconds())));
                case CUT_OFF ->
                    Optional.of(new ProblemException(ProblemType.INVALID_INPUT, "The body did not arrive whole."));
            };
        }

        @Override
        public void onDataAvailable() throws IOException {
            byte[] buffer = new byte[8192];
            while (end.get() == null && source.isReady()) {
                int count = source.read(buffer);
                if (count < 0) {
                    return; // onAllDataRead comes
                }
                bytes.write(buffer, 0, count);
                if (bytes.size() > ShortBody.MAX_BYTES) {
                    end(End.TOO_LONG);
                }
            }
        }

        @Override
        public void onAllDataRead() {
            end(announced >= 0 && bytes.size() < announced ? End.CUT_OFF : End.WHOLE);
        }

        @Override
        public void onError(Throwable failure) {
            end(End.CUT_OFF);
        }

        @Override
        public void onTimeout(AsyncEvent event) {
            end(End.TOO_SLOW);
        }

        @Override
        public void onError(AsyncEvent event) {
            end(End.CUT_OFF);
        }

        @Override
        public void onComplete(AsyncEvent event) {
            // the dispatch has answered
        }

        @Override
        public void onStartAsync(AsyncEvent event) {
            // what begins after the dispatch is not ours
        }

        private void end(End how) {
            if (end.compareAndSet(null, how)) {
                whenEnded.run();
            }
        }
    }
}
