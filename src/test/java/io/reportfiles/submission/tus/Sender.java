package io.reportfiles.submission.tus;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.Socket;
import java.net.URI;

/** A PATCH whose bytes come when a test says so, or not at all. */
final class Sender implements AutoCloseable {

    private final Socket socket;
    private final BufferedReader answers;

    private Sender(Socket socket) throws IOException {
        this.socket = socket;
        this.answers = new BufferedReader(new InputStreamReader(socket.getInputStream(), ISO_8859_1));
    }

    /** Sends the head of a request that goes on with an upload, with {@code length} bytes of body. */
    static Sender patch(URI upload, long offset, long length, String... headers) throws IOException {
        return patchAs(TusScene.ADMIN, upload, offset, length, headers);
    }

    /** As the other, with that Authorization. */
    static Sender patchAs(String authorization, URI upload, long offset, long length, String... headers)
            throws IOException {
        Socket socket = new Socket(upload.getHost(), upload.getPort());
        socket.setSoTimeout(30_000);
        Sender sender = new Sender(socket);
        StringBuilder head = new StringBuilder("PATCH ")
                .append(upload.getRawPath())
                .append(" HTTP/1.1\r\nHost: ")
                .append(upload.getAuthority())
                .append("\r\nAuthorization: ")
                .append(authorization)
                .append("\r\nTus-Resumable: 1.0.0\r\nContent-Type: application/offset+octet-stream\r\nUpload-Offset: ")
                .append(offset)
                .append("\r\nContent-Length: ")
                .append(length)
                .append("\r\n");
        for (String header : headers) {
            head.append(header).append("\r\n");
        }
        sender.send(head.append("\r\n").toString().getBytes(US_ASCII));
        return sender;
    }

    void send(byte[] bytes) throws IOException {
        socket.getOutputStream().write(bytes);
        socket.getOutputStream().flush();
    }

    /** Says that nothing more will come. */
    void end() throws IOException {
        socket.shutdownOutput();
    }

    /** The status of the next answer, interim ones included. */
    int status() throws IOException {
        String line = answers.readLine();
        while (line != null && !line.startsWith("HTTP/")) {
            line = answers.readLine();
        }
        if (line == null) {
            throw new IOException("the server closed the connection without an answer");
        }
        return Integer.parseInt(line.split(" ", 3)[1]);
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
