package io.reportfiles.bench;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A connection that asks for the same thing again and again. It accepts 200 with a {@code Content-Length} only. */
final class LoadConnection implements AutoCloseable {

    private static final Pattern LENGTH = Pattern.compile("\r\ncontent-length: *(\\d+)\r\n");

    private final SocketChannel channel;
    private final ByteBuffer request;
    private final ByteBuffer buffer = ByteBuffer.allocateDirect(256 << 10);
    private byte[] knownHead = new byte[0];
    private long knownLength;

    /**
     * Connects.
     *
     * @param authorization value of the header with {@code _} for its blank, {@code -} for none
     */
    LoadConnection(URI uri, String authorization) throws IOException {
        String header =
                authorization.equals("-") ? "" : "Authorization: " + authorization.replaceFirst("_", " ") + "\r\n";
        this.request = ByteBuffer.wrap("GET %s HTTP/1.1\r\nHost: %s\r\nUser-Agent: bench\r\n%s\r\n"
                .formatted(uri.getRawPath(), uri.getRawAuthority(), header)
                .getBytes(US_ASCII));
        this.channel = SocketChannel.open(new InetSocketAddress(uri.getHost(), uri.getPort()));
        channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
    }

    /** Sends a request and reads all of the answer; the length of its body in bytes. */
    long get() throws IOException {
        long length = readHead();
        for (long left = length - buffer.remaining(); left > 0; ) {
            buffer.clear();
            left -= readSome();
        }
        return length;
    }

    /** Sends a request and waits for the first byte of the answer's body. */
    void awaitFirstByte() throws IOException {
        readHead();
        if (!buffer.hasRemaining()) {
            buffer.clear();
            readSome();
        }
    }

    /** The length of the body, the first of which may be in the buffer. */
    private long readHead() throws IOException {
        channel.write(request.duplicate());
        buffer.clear();
        int end;
        do {
            readSome();
            end = endOfHead();
        } while (end < 0);
        buffer.flip();
        byte[] head = new byte[end];
        buffer.get(head);
        return lengthIn(head);
    }

    private int endOfHead() {
        for (int i = 0; i + 3 < buffer.position(); i++) {
            if (buffer.get(i) == '\r' && buffer.getInt(i) == 0x0d0a0d0a) {
                return i + 4;
            }
        }
        return -1;
    }

    /** Most heads are as long as the one before, and say the same of the length: looking for it once is cheaper. */
    private long lengthIn(byte[] head) throws IOException {
        if (head.length != knownHead.length || head[9] != '2') {
            String text = new String(head, US_ASCII);
            Matcher length = LENGTH.matcher(text.toLowerCase(Locale.ROOT));
            if (!text.startsWith("HTTP/1.1 200") || !length.find()) {
                throw new IOException(text);
            }
            knownHead = head;
            knownLength = Long.parseLong(length.group(1));
        }
        return knownLength;
    }

    private int readSome() throws IOException {
        int count = channel.read(buffer);
        if (count < 0) {
            throw new IOException("the answer ended early");
        }
        return count;
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
