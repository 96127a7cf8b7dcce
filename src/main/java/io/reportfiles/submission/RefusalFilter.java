package io.reportfiles.submission;

import io.reportfiles.web.CurrentCaller;
import io.reportfiles.web.GoneClientResponse;
import io.reportfiles.web.ShortBody;
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
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Brings the answer to a refused submission to a client that is still sending. A server that closes a connection with
 * unread bytes in it resets it, and the client never sees what was answered (RFC 9112 §9.6): so, for a short while, the
 * rest is read and dropped as it comes. No thread waits for it. And a client that is gone is no failure of ours, whoever
 * is writing to it.
 */
public class RefusalFilter extends HttpFilter {

    private static final long serialVersionUID = 1L;

    private static final Logger LOG = System.getLogger(RefusalFilter.class.getName());
    private static final Duration LINGER = Duration.ofSeconds(10);
    private static final Set<String> METHODS = Set.of("POST", "PATCH");

    @Override
    protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        if (!METHODS.contains(request.getMethod())) {
            chain.doFilter(request, response);
            return;
        }
        ShortBody.leaveToStream(request);
        HttpServletResponse answering = new GoneClientResponse(response);
        chain.doFilter(request, answering);
        // For a stranger nothing is read; what the container does by itself has to do.
        if (answering.getStatus() >= HttpServletResponse.SC_BAD_REQUEST
                && CurrentCaller.find(request).isPresent()) {
            answering.flushBuffer();
            linger(request);
        }
    }

    private static void linger(HttpServletRequest request) {
        try {
            ServletInputStream rest = request.getInputStream();
            if (rest.isFinished()) {
                return;
            }
            AsyncContext exchange = request.startAsync();
            exchange.setTimeout(LINGER.plusSeconds(2).toMillis()); // for a client that falls silent
            Dropping dropping = new Dropping(rest, exchange);
            exchange.addListener(dropping);
            rest.setReadListener(dropping);
        } catch (IOException | IllegalStateException e) { // Grizzly throws the latter once a connection is gone
            LOG.log(Level.DEBUG, "the client of a refused submission has left: {0}", e.getMessage());
        }
    }

    /** Reads what comes, and forgets it. */
    private static final class Dropping implements ReadListener, AsyncListener {

        private static final int BUFFER_BYTES = 16 * 1024;

        private final ServletInputStream rest;
        private final AsyncContext exchange;
        private final AtomicBoolean ended = new AtomicBoolean();
        private final long start = System.nanoTime();

        Dropping(ServletInputStream rest, AsyncContext exchange) {
            this.rest = rest;
            this.exchange = exchange;
        }

        @Override
        public void onDataAvailable() throws IOException {
            byte[] buffer = new byte[BUFFER_BYTES];
            while (!ended.get() && rest.isReady() && rest.read(buffer) >= 0) {
                if (System.nanoTime() - start > LINGER.toNanos()) {
                    // By a failure, since a container that is told to end the exchange would go on reading.
                    throw new SocketTimeoutException("the client of a refused submission does not stop");
                }
            }
        }

        @Override
        public void onAllDataRead() {
            end();
        }

        @Override
        public void onError(Throwable failure) {
            end();
        }

        @Override
        public void onTimeout(AsyncEvent event) {
            end();
        }

        @Override
        public void onError(AsyncEvent event) {
            end();
        }

        @Override
        public void onComplete(AsyncEvent event) {
            // all is done
        }

        @Override
        public void onStartAsync(AsyncEvent event) {
            // does not happen again
        }

        private void end() {
            if (ended.compareAndSet(false, true)) {
                exchange.complete();
            }
        }
    }
}
