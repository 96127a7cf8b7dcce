package io.reportfiles.inspection;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.SocketTimeoutException;
import java.net.UnixDomainSocketAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/**
 * A connection to clamd, over TCP or a Unix socket, on which nothing waits longer than the time-out: hence a channel that
 * does not block, for one that does knows no time-outs.
 */
final class ClamdConnection implements AutoCloseable {

    private static final int LONGEST_REPLY = 4096;

    private final SocketChannel channel;
    private final Selector selector;
    private final Duration timeout;

    private ClamdConnection(SocketChannel channel, Selector selector, Duration timeout) {
        this.channel = channel;
        this.selector = selector;
        this.timeout = timeout;
    }

    static ClamdConnection open(SocketAddress address, Duration timeout) throws IOException {
        if (address instanceof InetSocketAddress host && host.isUnresolved()) {
            throw new UnknownHostException(host.getHostString());
        }
        SocketChannel channel = address instanceof UnixDomainSocketAddress unix
                ? SocketChannel.open(unix) // local: it is there, or not
                : SocketChannel.open();
        try {
            return new ClamdConnection(channel, Selector.open(), timeout).connect(address);
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }

    /** Itself, once it is connected; nothing of it stays open otherwise. */
    private ClamdConnection connect(SocketAddress address) throws IOException {
        try {
            channel.configureBlocking(false);
            channel.register(selector, 0);
            if (!channel.isConnected() && !channel.connect(address)) {
                await(SelectionKey.OP_CONNECT);
                channel.finishConnect();
            }
            return this;
        } catch (IOException | RuntimeException e) {
            close();
            throw e;
        }
    }

    void write(ByteBuffer bytes) throws IOException {
        while (bytes.hasRemaining()) {
            if (channel.write(bytes) == 0) {
                await(SelectionKey.OP_WRITE);
            }
        }
    }

    /** What clamd says, up to the NUL at its end. */
    String readReply() throws IOException {
        ByteArrayOutputStream reply = new ByteArrayOutputStream();
        ByteBuffer octet = ByteBuffer.allocate(1);
        while (reply.size() < LONGEST_REPLY) {
            octet.clear();
            int count = channel.read(octet);
            if (count == 0) {
                await(SelectionKey.OP_READ);
            } else if (count < 0) {
                throw new EOFException("clamd said nothing, or not all of it");
            } else if (octet.get(0) == 0) {
                return reply.toString(StandardCharsets.UTF_8);
            } else {
                reply.write(octet.get(0));
            }
        }
        throw new IOException("clamd says too much");
    }

    private void await(int operation) throws IOException {
        channel.keyFor(selector).interestOps(operation);
        selector.selectedKeys().clear();
        if (selector.select(timeout.toMillis()) == 0) {
            throw new SocketTimeoutException("clamd does nothing for " + timeout);
        }
    }

    @Override
    public void close() throws IOException {
        try (channel) {
            selector.close();
        }
    }
}
