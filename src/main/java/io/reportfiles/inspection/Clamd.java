package io.reportfiles.inspection;

import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Malware as ClamAV's daemon knows it: the file is sent to it in chunks ({@code INSTREAM}), and its answer comes after the
 * last. One connection a file.
 */
final class Clamd implements MalwareScanner {

    private static final Logger LOG = System.getLogger(Clamd.class.getName());
    private static final byte[] COMMAND = "zINSTREAM\0".getBytes(StandardCharsets.US_ASCII);
    private static final String CLEAN = "stream: OK";
    private static final Pattern FOUND = Pattern.compile("stream: (.*) FOUND");
    private static final String TOO_LARGE = "INSTREAM size limit exceeded";

    private final Supplier<SocketAddress> address;
    private final Duration timeout;
    private final long maxBytes;

    /**
     * Connects to nothing yet.
     *
     * @param address where the daemon listens; asked each time, since names may come to mean something else
     * @param timeout how long the daemon may do nothing
     * @param maxBytes the most it takes as one stream
     */
    Clamd(Supplier<SocketAddress> address, Duration timeout, long maxBytes) {
        this.address = address;
        this.timeout = timeout;
        this.maxBytes = maxBytes;
    }

    @Override
    public Scan begin() throws IOException {
        ClamdConnection connection = ClamdConnection.open(address.get(), timeout);
        try {
            connection.write(ByteBuffer.wrap(COMMAND));
            return new Stream(connection);
        } catch (IOException | RuntimeException e) {
            connection.close();
            throw e;
        }
    }

    private final class Stream implements Scan {

        private final ClamdConnection connection;
        private long taken;

        Stream(ClamdConnection connection) {
            this.connection = connection;
        }

        @Override
        public void take(byte[] bytes, int offset, int length) throws IOException {
            taken += length;
            if (taken > maxBytes) {
                throw new TooLargeToScanException(maxBytes);
            }
            if (length > 0) { // a chunk of none is the end
                send(chunk(length), ByteBuffer.wrap(bytes, offset, length));
            }
        }

        @Override
        public Optional<String> finding() throws IOException {
            send(chunk(0), ByteBuffer.allocate(0));
            return meaning(connection.readReply());
        }

        /** A daemon that has had enough says so and closes: its word explains more than our broken pipe. */
        private void send(ByteBuffer head, ByteBuffer bytes) throws IOException {
            try {
                connection.write(head);
                connection.write(bytes);
            } catch (IOException broken) {
                meaning(connection.readReply());
                throw broken;
            }
        }

        private Optional<String> meaning(String reply) throws IOException {
            if (reply.equals(CLEAN)) {
                return Optional.empty();
            }
            Matcher found = FOUND.matcher(reply);
            if (found.matches()) {
                return Optional.of(found.group(1));
            }
            if (reply.startsWith(TOO_LARGE)) {
                throw new TooLargeToScanException(taken - 1);
            }
            throw new IOException("clamd says \"%s\"".formatted(reply));
        }

        @Override
        public void close() {
            try {
                connection.close();
            } catch (IOException e) {
                LOG.log(Level.DEBUG, "the connection to clamd was broken already: {0}", e.getMessage());
            }
        }
    }

    private static ByteBuffer chunk(int length) {
        return ByteBuffer.allocate(Integer.BYTES).putInt(length).flip();
    }
}
