package io.reportfiles.download;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.reportfiles.server.Deployed;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** A reader that speaks HTTP byte by byte and reads as slowly as it likes. */
final class RawReader implements AutoCloseable {

    private final Socket socket = new Socket();
    private final InputStream in;

    RawReader() throws IOException {
        socket.setReceiveBufferSize(16 * 1024);
        socket.setSoTimeout(60_000);
        socket.connect(new InetSocketAddress(
                Deployed.baseUri().getHost(), Deployed.baseUri().getPort()));
        in = socket.getInputStream();
    }

    /** Sends a request as it stands, with the administrator's credentials. */
    void request(String method, String path, String version, String... headers) throws IOException {
        StringBuilder head = new StringBuilder("%s /%s HTTP/%s\r\nHost: %s\r\nAuthorization: %s\r\n"
                .formatted(method, path, version, Deployed.baseUri().getAuthority(), Reader.ADMIN));
        for (String header : headers) {
            head.append(header).append("\r\n");
        }
        socket.getOutputStream().write(head.append("\r\n").toString().getBytes(ISO_8859_1));
    }

    /** The status line and, by lower-case name, the fields of the next answer. */
    Map<String, String> head() throws IOException {
        Map<String, String> fields = new TreeMap<>();
        fields.put("", line());
        for (String line = line(); !line.isEmpty(); line = line()) {
            int colon = line.indexOf(':');
            fields.put(
                    line.substring(0, colon).toLowerCase(Locale.ROOT),
                    line.substring(colon + 1).strip());
        }
        return fields;
    }

    private String line() throws IOException {
        StringBuilder line = new StringBuilder();
        for (int c = in.read(); c != '\n'; c = in.read()) {
            if (c < 0) {
                throw new IOException("the connection ended within a head: " + line);
            }
            if (c != '\r') {
                line.append((char) c);
            }
        }
        return line.toString();
    }

    byte[] body(int length) throws IOException {
        return in.readNBytes(length);
    }

    /** Everything up to the end of the connection, in good order or not. */
    byte[] untilEnd() {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        try {
            in.transferTo(all);
        } catch (IOException e) {
            // A reset is an end, too.
        }
        return all.toByteArray();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
