package io.reportfiles.bench;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.SocketChannel;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/** The requests of one connection, one after the other. Bodies have a length: nobody here sends them in chunks. */
final class OriginRequest {

    private final SocketChannel connection;
    private final ByteBuffer buffer = ByteBuffer.allocateDirect(256 << 10).flip();
    private final Map<String, String> headers = new HashMap<>();
    private String method = "";
    private String path = "";
    private String query = "";

    OriginRequest(SocketChannel connection) {
        this.connection = connection;
    }

    /** Reads the next head, {@code false} when the client has closed the connection instead. */
    boolean readHead() throws IOException {
        int end = endOfHead();
        while (end < 0) {
            buffer.compact();
            if (connection.read(buffer) < 0) {
                return false;
            }
            buffer.flip();
            end = endOfHead();
        }
        byte[] bytes = new byte[end - buffer.position()];
        buffer.get(bytes);
        String[] lines = new String(bytes, ISO_8859_1).split("\r\n");
        String[] start = lines[0].split(" ");
        method = start[0];
        int question = start[1].indexOf('?');
        path = question < 0 ? start[1] : start[1].substring(0, question);
        query = question < 0 ? "" : start[1].substring(question + 1);
        headers.clear();
        for (int i = 1; i < lines.length; i++) {
            int colon = lines[i].indexOf(':');
            headers.put(
                    lines[i].substring(0, colon).toLowerCase(Locale.ROOT),
                    lines[i].substring(colon + 1).strip());
        }
        return true;
    }

    private int endOfHead() {
        for (int i = buffer.position(); i + 3 < buffer.limit(); i++) {
            if (buffer.get(i) == '\r' && buffer.getInt(i) == 0x0d0a0d0a) {
                return i + 4;
            }
        }
        return -1;
    }

    String method() {
        return method;
    }

    /** As it was sent, percent-encoded. */
    String path() {
        return path;
    }

    String query() {
        return query;
    }

    /**
     * A header, empty when there is none.
     *
     * @param name in lower case
     */
    String header(String name) {
        return headers.getOrDefault(name, "");
    }

    long length() {
        String length = header("content-length");
        return length.isEmpty() ? 0 : Long.parseLong(length);
    }

    /** Writes the body into a file. */
    void readBody(FileChannel file) throws IOException {
        if (header("expect").equalsIgnoreCase("100-continue")) {
            connection.write(ByteBuffer.wrap("HTTP/1.1 100 Continue\r\n\r\n".getBytes(ISO_8859_1)));
        }
        long left = length();
        while (left > 0) {
            if (!buffer.hasRemaining()) {
                buffer.clear();
                int count = connection.read(buffer);
                buffer.flip();
                if (count < 0) {
                    throw new EOFException("%d bytes of the body are missing".formatted(left));
                }
            }
            ByteBuffer part = buffer.slice(buffer.position(), (int) Math.min(left, buffer.remaining()));
            buffer.position(buffer.position() + part.remaining());
            left -= part.remaining();
            while (part.hasRemaining()) {
                file.write(part);
            }
        }
    }
}
