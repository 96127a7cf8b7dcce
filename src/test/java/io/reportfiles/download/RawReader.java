package io.reportfiles.download;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

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
        sendAtOnce(head(method, path, version, headers));
    }

    /** Sends whatever it is in one piece. */
    void sendAtOnce(String... requests) throws IOException {
        socket.getOutputStream().write(String.join("", requests).getBytes(ISO_8859_1));
    }

    /** The head of a request, with the administrator's credentials; an empty header stands for none. */
    static String head(String method, String path, String version, String... headers) {
        StringBuilder head = new StringBuilder("%s /%s HTTP/%s\r\nHost: %s\r\nAuthorization: %s\r\n"
                .formatted(method, path, version, Deployed.baseUri().getAuthority(), Reader.ADMIN));
        for (String header : headers) {
            head.append(header).append(header.isEmpty() ? "" : "\r\n");
        }
        return head.append("\r\n").toString();
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

    /** The next answer's head as it stands, without the empty line. */
    String headText() throws IOException {
        StringBuilder text = new StringBuilder();
        for (String line = line(); !line.isEmpty(); line = line()) {
            text.append(line).append("\r\n");
        }
        return text.toString();
    }

    /** Reads an answer of this status with exactly this body. */
    void assertAnswer(int status, byte[] content) throws IOException {
        Map<String, String> head = head();
        assertThat(head.get("")).contains(" " + status);
        assertThat(head).containsEntry("content-length", Integer.toString(content.length));
        assertThat(body(content.length)).isEqualTo(content);
    }

    /** Reads an answer of this status with a problem document, whose length the head tells. */
    Map<String, String> assertProblem(int status) throws IOException {
        Map<String, String> head = head();
        assertThat(head.get("")).contains(" " + status);
        assertThat(head.get("content-type")).startsWith("application/problem+json");
        body(Integer.parseInt(head.get("content-length")));
        return head;
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

    /** Leaves without a farewell. */
    void reset() throws IOException {
        socket.setSoLinger(true, 0);
        socket.close();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
