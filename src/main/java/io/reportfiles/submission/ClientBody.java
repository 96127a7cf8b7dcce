package io.reportfiles.submission;

import io.reportfiles.storage.BulkInputStream;
import io.reportfiles.web.problem.ProblemException;
import io.reportfiles.web.problem.ProblemType;
import jakarta.servlet.http.HttpServletRequest;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.SocketTimeoutException;
import java.util.Optional;

/**
 * The body of a request as the client sends it. Whatever goes wrong while reading is the client's failure and is thrown
 * as {@link RefusedBodyException}, again on every further read; an end before the announced length is one, too, since
 * containers differ in telling it. For one thread; {@link #close} does nothing, the container owns the connection.
 */
public final class ClientBody extends BulkInputStream {

    /** In the place of a length where none is announced. */
    public static final long LENGTH_UNKNOWN = -1;

    private final InputStream source;
    private final long announced;
    private final MinimumRate pace;
    private long received;
    private boolean ended;
    private RefusedBodyException failure;

    /**
     * Wraps the container's stream.
     *
     * @param announced the request's {@code Content-Length} in bytes, or {@link #LENGTH_UNKNOWN}
     * @param pace measures the sender
     */
    public ClientBody(InputStream source, long announced, MinimumRate pace) {
        this.source = source;
        this.announced = announced;
        this.pace = pace;
    }

    /** Refuses a request whose body is encoded: what is stored is what is sent. */
    public static void requireUnencoded(HttpServletRequest request) {
        String encoding =
                Optional.ofNullable(request.getHeader("Content-Encoding")).orElse("identity");
        if (!encoding.strip().equalsIgnoreCase("identity")) {
            throw new ProblemException(
                    ProblemType.UNSUPPORTED_MEDIA_TYPE,
                    "Send the file without Content-Encoding; it would be stored encoded.");
        }
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
        if (failure != null) {
            throw failure;
        }
        if (length == 0) {
            return 0;
        }
        if (ended) {
            return -1;
        }
        try {
            long asked = System.nanoTime();
            int count = received(source.read(buffer, offset, length));
            if (count > 0 && !pace.isKeptWith(count, System.nanoTime() - asked)) {
                throw new SocketTimeoutException("too slow");
            }
            return count;
        } catch (SocketTimeoutException e) {
            failure = RefusedBodyException.timedOut(e);
        } catch (IOException | IllegalStateException e) { // Grizzly also throws the latter once a connection is gone
            failure = RefusedBodyException.cutOff(e);
        }
        throw failure;
    }

    /** Whether the whole body has been read, so that the connection can serve another request. */
    public boolean isRead() {
        return ended || (announced >= 0 && received == announced);
    }

    /** The length of the body that the client announced, in bytes, or {@link #LENGTH_UNKNOWN}. */
    public long announced() {
        return announced;
    }

    private int received(int count) throws EOFException {
        if (count >= 0) {
            received += count;
        } else if (announced >= 0 && received < announced) {
            throw new EOFException("%d of %d bytes".formatted(received, announced));
        } else {
            ended = true;
        }
        return count;
    }
}
