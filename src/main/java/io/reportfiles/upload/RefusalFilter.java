package io.reportfiles.upload;

import io.reportfiles.web.CurrentCaller;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.InputStream;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.Set;

/**
 * Brings the answer to a refused submission to a client that is still sending. A server that closes a connection with
 * unread bytes in it resets it, and the client never sees what was answered (RFC 9112 §9.6): so, for a short while, the
 * rest is read and dropped. Reading waits no longer than the server's read time-out. And a client that is gone is no
 * failure of ours, whoever is writing to it.
 */
public class RefusalFilter extends HttpFilter {

    private static final long serialVersionUID = 1L;

    private static final Logger LOG = System.getLogger(RefusalFilter.class.getName());
    private static final long LINGER_NANOS = Duration.ofSeconds(10).toNanos();
    private static final Set<String> METHODS = Set.of("POST", "PATCH");
    private static final int BUFFER_BYTES = 64 * 1024;

    @Override
    protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        if (!METHODS.contains(request.getMethod())) {
            chain.doFilter(request, response);
            return;
        }
        HttpServletResponse answering = new GoneClientResponse(response);
        chain.doFilter(request, answering);
        // A stranger gets no thread to wait on; what the container does by itself has to do.
        if (answering.getStatus() >= HttpServletResponse.SC_BAD_REQUEST
                && CurrentCaller.find(request).isPresent()) {
            answering.flushBuffer();
            linger(request);
        }
    }

    private static void linger(HttpServletRequest request) {
        long start = System.nanoTime();
        byte[] buffer = new byte[BUFFER_BYTES];
        try {
            InputStream rest = request.getInputStream();
            while (System.nanoTime() - start < LINGER_NANOS && rest.read(buffer) >= 0) {
                // dropped
            }
        } catch (IOException | IllegalStateException e) {
            LOG.log(Level.DEBUG, "the client of a refused submission has left: {0}", e.getMessage());
        }
    }
}
