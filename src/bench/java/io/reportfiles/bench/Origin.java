package io.reportfiles.bench;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.Closeable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * An S3 server that costs next to nothing, so that what is measured is what stands before it: it knows one bucket and
 * the few requests that a submission and a download make, checks no signature, and answers with {@code sendfile}. It
 * does check the range, and that the object is the one that {@code If-Match} names.
 */
final class Origin implements Closeable {

    private final ServerSocketChannel listener;
    private final OriginObjects objects;
    private final Set<SocketChannel> connections = ConcurrentHashMap.newKeySet();

    private Origin(ServerSocketChannel listener, OriginObjects objects) {
        this.listener = listener;
        this.objects = objects;
    }

    /** Starts on any free port of the loopback address; objects are kept in files of {@code directory}. */
    static Origin start(Path directory) throws IOException {
        ServerSocketChannel listener = ServerSocketChannel.open();
        listener.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 1024);
        Origin origin = new Origin(listener, new OriginObjects(directory));
        Thread acceptor = new Thread(origin::accept, "origin");
        acceptor.setDaemon(true);
        acceptor.start();
        return origin;
    }

    URI uri() throws IOException {
        return URI.create("http://127.0.0.1:" + ((InetSocketAddress) listener.getLocalAddress()).getPort());
    }

    OriginObjects objects() {
        return objects;
    }

    private void accept() {
        try {
            while (true) {
                SocketChannel connection = listener.accept();
                connection.setOption(StandardSocketOptions.TCP_NODELAY, true);
                connections.add(connection);
                Thread thread = new Thread(() -> serve(connection), "origin-connection");
                thread.setDaemon(true);
                thread.start();
            }
        } catch (IOException closed) {
            // as close() wants it
        }
    }

    private void serve(SocketChannel connection) {
        try (connection) {
            OriginRequest request = new OriginRequest(connection);
            while (request.readHead()) {
                answer(request, connection);
            }
        } catch (IOException gone) {
            // The client has left, in the middle of an object perhaps.
        } finally {
            connections.remove(connection);
        }
    }

    private void answer(OriginRequest request, SocketChannel connection) throws IOException {
        boolean ofObject = request.path().indexOf('/', 1) > 0;
        switch (request.method()) {
            case "GET" -> {
                if (request.query().contains("uploadId=")) {
                    send(connection, "200 OK", "", objects.listParts(request));
                } else if (ofObject) {
                    get(request, connection);
                } else {
                    send(connection, "200 OK", "", VERSIONING);
                }
            }
            case "PUT" -> {
                String headers = ofObject ? objects.put(request) : objects.ignore(request);
                send(connection, "200 OK", headers, "");
            }
            case "POST" -> {
                if (request.query().equals("uploads") || request.query().equals("uploads=")) {
                    objects.ignore(request);
                    send(connection, "200 OK", "", UPLOAD.formatted(objects.beginUpload()));
                } else {
                    send(connection, "200 OK", objects.completeUpload(request), COMPLETE);
                }
            }
            case "DELETE" -> send(connection, "204 No Content", "", "");
            default -> send(connection, "200 OK", "", ""); // HEAD of the bucket
        }
    }

    private static final String VERSIONING =
            "<VersioningConfiguration><Status>Enabled</Status></VersioningConfiguration>";
    private static final String UPLOAD =
            "<InitiateMultipartUploadResult><UploadId>%s</UploadId>" + "</InitiateMultipartUploadResult>";
    private static final String COMPLETE = "<CompleteMultipartUploadResult><ETag>\"" + OriginObjects.ETAG
            + "\"</ETag></CompleteMultipartUploadResult>";

    private void get(OriginRequest request, SocketChannel connection) throws IOException {
        OriginObjects.Stored object = objects.find(request.path());
        if (object == null) {
            send(connection, "404 Not Found", "", "<Error><Code>NoSuchKey</Code></Error>");
            return;
        }
        String expected = request.header("if-match");
        if (!expected.isEmpty() && !expected.equals('"' + OriginObjects.ETAG + '"')) {
            send(connection, "412 Precondition Failed", "", "<Error><Code>PreconditionFailed</Code></Error>");
            return;
        }
        long first = 0;
        long last = object.size() - 1;
        StringBuilder head = new StringBuilder(400);
        String range = request.header("range");
        if (range.isEmpty()) {
            head.append("HTTP/1.1 200 OK\r\n");
        } else {
            int dash = range.indexOf('-');
            first = Long.parseLong(range.substring("bytes=".length(), dash));
            last = dash + 1 == range.length() ? last : Math.min(last, Long.parseLong(range.substring(dash + 1)));
            head.append("HTTP/1.1 206 Partial Content\r\nContent-Range: bytes ")
                    .append(first)
                    .append('-')
                    .append(last)
                    .append('/')
                    .append(object.size())
                    .append("\r\n");
        }
        head.append("Content-Length: ")
                .append(last - first + 1)
                .append("\r\nContent-Type: application/octet-stream\r\nAccept-Ranges: bytes\r\n")
                .append(OriginObjects.IDENTITY)
                .append("\r\n");
        object.send(connection, ByteBuffer.wrap(head.toString().getBytes(ISO_8859_1)), first, last - first + 1);
    }

    private static void send(SocketChannel connection, String status, String headers, String body) throws IOException {
        byte[] content = body.getBytes(ISO_8859_1);
        String head = "HTTP/1.1 " + status + "\r\nContent-Length: " + content.length
                + "\r\nContent-Type: application/xml\r\nx-amz-request-id: origin\r\n" + headers + "\r\n";
        connection.write(ByteBuffer.wrap((head + body).getBytes(ISO_8859_1)));
    }

    @Override
    public void close() throws IOException {
        listener.close();
        for (Closeable connection : connections) {
            connection.close();
        }
        objects.close();
    }
}
