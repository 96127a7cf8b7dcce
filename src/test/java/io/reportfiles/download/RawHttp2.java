package io.reportfiles.download;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.reportfiles.server.Deployed;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.URI;
import java.security.GeneralSecurityException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;

/**
 * An HTTP/2 connection whose flow control is the test's (RFC 9113 §5.2): it opens windows only when it is told to. For
 * one thread.
 */
final class RawHttp2 implements AutoCloseable {

    private static final byte[] PREFACE = "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".getBytes(US_ASCII);

    private static final int DATA = 0;
    private static final int HEADERS = 1;
    private static final int RST_STREAM = 3;
    private static final int SETTINGS = 4;
    private static final int PING = 6;
    private static final int GOAWAY = 7;
    private static final int WINDOW_UPDATE = 8;

    private static final int ACK = 1;
    private static final int END_STREAM = 1;
    private static final int END_HEADERS = 4;
    private static final int PADDED = 8;
    private static final int INITIAL_WINDOW_SIZE = 4;

    private final SSLSocket socket;
    private final String authorization;
    private final DataInputStream in;
    private final DataOutputStream out;
    private final Map<Integer, ByteArrayOutputStream> bodies = new HashMap<>();
    private final Set<Integer> answered = new HashSet<>();
    private final Set<Integer> whole = new HashSet<>();
    private final Set<Integer> reset = new HashSet<>();
    private int nextStream = 1;

    private RawHttp2(SSLSocket socket, String authorization) throws IOException {
        this.socket = socket;
        this.authorization = authorization;
        this.in = new DataInputStream(socket.getInputStream());
        this.out = new DataOutputStream(socket.getOutputStream());
    }

    /**
     * Connects.
     *
     * @param window how many bytes of each answer's body the server may send before it is told to go on
     * @param authorization who asks
     */
    static RawHttp2 connect(int window, String authorization) throws IOException, GeneralSecurityException {
        URI server = Deployed.secureUri();
        SSLSocket socket =
                (SSLSocket) TrustsAnybody.context().getSocketFactory().createSocket(server.getHost(), server.getPort());
        SSLParameters parameters = socket.getSSLParameters();
        parameters.setApplicationProtocols(new String[] {"h2"});
        socket.setSSLParameters(parameters);
        socket.setSoTimeout(30_000);
        RawHttp2 connection = new RawHttp2(socket, authorization);
        connection.out.write(PREFACE);
        connection.head(6, SETTINGS, 0, 0);
        connection.out.writeShort(INITIAL_WINDOW_SIZE);
        connection.out.writeInt(window);
        connection.open(0, Integer.MAX_VALUE - 65_535); // only the streams' windows are to count
        return connection;
    }

    /** Asks for a file; the number of the stream. */
    int get(String file) throws IOException {
        ByteArrayOutputStream headers = new ByteArrayOutputStream();
        headers.write(0x82); // :method GET
        headers.write(0x87); // :scheme https
        literal(
                headers,
                4,
                "/" + Deployed.secureUri().relativize(Deployed.secureUri().resolve("files/" + file)));
        literal(headers, 1, Deployed.secureUri().getAuthority());
        literal(headers, 0, "authorization", authorization);
        int stream = nextStream;
        nextStream += 2;
        bodies.put(stream, new ByteArrayOutputStream());
        head(headers.size(), HEADERS, END_STREAM | END_HEADERS, stream);
        headers.writeTo(out);
        out.flush();
        return stream;
    }

    /** A field whose name is in the static table, or comes with it (RFC 7541 §6.2.2). */
    private static void literal(ByteArrayOutputStream headers, int name, String... texts) {
        headers.write(name);
        for (String text : texts) {
            headers.write(text.length()); // below 127 bytes, so one byte, and not Huffman coded
            headers.writeBytes(text.getBytes(US_ASCII));
        }
    }

    /** Lets the server send so many bytes more. */
    void open(int stream, int bytes) throws IOException {
        head(4, WINDOW_UPDATE, 0, stream);
        out.writeInt(bytes);
        out.flush();
    }

    /** Reads until the stream's answer has begun. */
    void awaitAnswer(int stream) throws IOException {
        while (!answered.contains(stream)) {
            read();
        }
    }

    /** Reads until so many bytes of the stream's body have come. */
    void awaitBytes(int stream, int count) throws IOException {
        while (bodies.get(stream).size() < count) {
            read();
        }
    }

    /** Reads until the stream has ended, and says whether it did so cleanly; otherwise it was broken off. */
    boolean awaitEnd(int stream) throws IOException {
        while (!hasEnded(stream)) {
            read();
        }
        return whole.contains(stream);
    }

    /** Whether the stream's end was among what has been read. */
    boolean hasEnded(int stream) {
        return whole.contains(stream) || reset.contains(stream);
    }

    /** What has come of the stream's body. */
    byte[] body(int stream) {
        return bodies.get(stream).toByteArray();
    }

    private void read() throws IOException {
        int first = in.readInt();
        int length = first >>> 8;
        int type = first & 0xFF;
        int flags = in.readUnsignedByte();
        int stream = in.readInt() & Integer.MAX_VALUE;
        byte[] payload = in.readNBytes(length);
        switch (type) {
            case DATA -> {
                int padding = (flags & PADDED) == 0 ? 0 : 1 + (payload[0] & 0xFF);
                bodies.get(stream).write(payload, padding == 0 ? 0 : 1, payload.length - padding);
            }
            case HEADERS -> answered.add(stream);
            case RST_STREAM -> reset.add(stream);
            case SETTINGS -> acknowledge(flags, SETTINGS, new byte[0]);
            case PING -> acknowledge(flags, PING, payload);
            case GOAWAY -> reset.addAll(bodies.keySet());
            default -> {
                // nothing to do with bodies
            }
        }
        if ((type == DATA || type == HEADERS) && (flags & END_STREAM) != 0) {
            whole.add(stream);
        }
    }

    private void acknowledge(int flags, int type, byte[] payload) throws IOException {
        if ((flags & ACK) == 0) {
            head(payload.length, type, ACK, 0);
            out.write(payload);
            out.flush();
        }
    }

    private void head(int length, int type, int flags, int stream) throws IOException {
        out.writeInt(length << 8 | type);
        out.writeByte(flags);
        out.writeInt(stream);
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
