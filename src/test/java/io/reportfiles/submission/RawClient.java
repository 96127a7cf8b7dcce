package io.reportfiles.submission;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.reportfiles.server.Deployed;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.Socket;
import java.net.URI;

/** A client that sends exactly the bytes a test wants, and leaves when it wants. */
final class RawClient implements AutoCloseable {

    private static final int CONTINUE = 100;

    private final Socket socket;
    private final BufferedReader answers;

    private RawClient(Socket socket) throws IOException {
        this.socket = socket;
        this.answers = new BufferedReader(new InputStreamReader(socket.getInputStream(), ISO_8859_1));
    }

    static RawClient connect() throws IOException {
        URI server = Deployed.baseUri();
        Socket socket = new Socket(server.getHost(), server.getPort());
        socket.setSoTimeout(60_000);
        return new RawClient(socket);
    }

    /** Sends the head of a submission by the administrator. */
    void head(String query, String... headers) throws IOException {
        headAs(SubmissionScene.ADMIN, query, headers);
    }

    /** Sends the head of a submission with that Authorization. */
    void headAs(String authorization, String query, String... headers) throws IOException {
        URI address = SubmissionScene.address(query);
        StringBuilder head = new StringBuilder("POST ")
                .append(address.getRawPath())
                .append(query.isEmpty() ? "" : "?" + query)
                .append(" HTTP/1.1\r\nHost: ")
                .append(address.getAuthority())
                .append("\r\nAuthorization: ")
                .append(authorization)
                .append("\r\n");
        for (String header : headers) {
            head.append(header).append("\r\n");
        }
        send(head.append("\r\n").toString().getBytes(US_ASCII));
    }

    void send(byte[] bytes) throws IOException {
        socket.getOutputStream().write(bytes);
        socket.getOutputStream().flush();
    }

    /** Sends bytes as one chunk (RFC 9112 §7.1). */
    void chunk(byte[] bytes) throws IOException {
        send((Integer.toHexString(bytes.length) + "\r\n").getBytes(US_ASCII));
        send(bytes);
        send("\r\n".getBytes(US_ASCII));
    }

    /** The status of the next answer, interim ones included. */
    int status() throws IOException {
        String line = answers.readLine();
        if (line == null) {
            throw new IOException("the server closed the connection without an answer");
        }
        return Integer.parseInt(line.split(" ", 3)[1]);
    }

    /**
     * The status of the answer to a client that waits to be asked for the body and sends none. Payara asks every client
     * for it, before the application sees the request; WildFly does when the application begins to read.
     */
    int statusWithoutBody() throws IOException {
        int status = status();
        if (Deployed.product() == Deployed.Product.PAYARA) {
            assertThat(status).isEqualTo(CONTINUE);
            headers();
            return status();
        }
        return status;
    }

    /** The header lines of an answer whose status was read. */
    String headers() throws IOException {
        StringBuilder headers = new StringBuilder();
        for (String line = answers.readLine(); line != null && !line.isEmpty(); line = answers.readLine()) {
            headers.append(line).append('\n');
        }
        return headers.toString();
    }

    /** Ends the connection in the middle by a reset. */
    void reset() throws IOException {
        socket.setSoLinger(true, 0);
        socket.close();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
