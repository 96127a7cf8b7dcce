package io.reportfiles.dev;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;

/**
 * Stands between the application and S3 and misbehaves as a test says. It forwards bytes and knows no HTTP (but for
 * {@link Fault.Answer}), so that signatures stay valid: the client signs the address of this proxy, and the server sees it.
 *
 * <p>A fault applies to connections that are open as well as to new ones, from the moment it is set to the next
 * {@link #set}; what it counts begins at nought in each connection at that moment. Safe for many threads; whoever starts it
 * closes it.
 */
public final class FaultProxy implements Closeable {
    private static final Pattern REQUEST = Pattern.compile("(?:GET|PUT|POST|HEAD|DELETE) /");
    private static final String HELLO =
            String.join("\r\n", "HTTP/1.1 200 OK", "Content-Length: 5", "Connection: close", "", "hello");
    private static final int BUFFER_BYTES = 64 * 1024;
    private static final long PACE_MILLIS = 2;
    private static final long LATE_MILLIS = 2_000;

    private final InetSocketAddress target;
    private final int port;
    private final Set<Connection> open = ConcurrentHashMap.newKeySet();
    private final AtomicInteger opened = new AtomicInteger();
    private final Object change = new Object();
    private volatile Fault fault = new Fault.None();
    private volatile boolean closed;
    private ServerSocket listener;
    private Thread acceptor;

    /** How the proxy treats its connections. */
    public sealed interface Fault {
        /** Forwards everything. */
        record None() implements Fault {}

        /** Nothing listens; open connections are reset. */
        record Refuse() implements Fault {}

        /** Ends the connection when the client has got this many bytes of answers, heads included. */
        record CutAfter(long bytes, Ending ending) implements Fault {}

        /** Says no more once the client has got this many bytes; goes on when the fault is lifted. */
        record StallAfter(long bytes) implements Fault {}

        /** Forwards answers no faster than this, on each connection by itself. */
        record Throttle(long bytesPerSecond) implements Fault {}

        /**
         * Fails one request, the {@code number}-th from now on all connections, and no other. A request is known by the
         * method at the beginning of what is read.
         */
        record FailOne(int number, Loss loss, AtomicInteger seen) implements Fault {
            /** Counts from now on. */
            public FailOne(int number, Loss loss) {
                this(number, loss, new AtomicInteger());
            }

            /** Whether the request was there to be failed. */
            public boolean hasHappened() {
                return seen.get() >= number;
            }

            private boolean isTurnOf(byte[] buffer, int count) {
                return isRequest(buffer, count) && seen.incrementAndGet() == number;
            }

            private boolean isRepeatedTooEarly(byte[] buffer, int count) {
                return loss == Loss.DONE_LATER
                        && seen.get() == number
                        && isRequest(buffer, count)
                        && seen.compareAndSet(number, number + 1);
            }

            private static boolean isRequest(byte[] buffer, int count) {
                String start = new String(buffer, 0, Math.min(count, 8), ISO_8859_1);
                return REQUEST.matcher(start).lookingAt();
            }
        }

        /**
         * Answers some requests itself, and forwards all others: as a store that knows less than others do.
         *
         * @param requests found in the first lines of those that are answered
         */
        record AnswerSome(Pattern requests, Answer answer) implements Fault {
            private boolean isAbout(byte[] buffer, int count) {
                String start = new String(buffer, 0, count, ISO_8859_1).split("\r", 2)[0];
                return REQUEST.matcher(start).lookingAt()
                        && requests.matcher(start).find();
            }
        }

        /** Answers every request itself, without asking S3: a whole HTTP/1.1 response, which closes the connection. */
        record Answer(String response) implements Fault {
            /** The answer of an S3 server that has an error to report, such as 503 SlowDown or 403 InvalidAccessKeyId. */
            public static Answer s3Error(int status, String code) {
                String body = "<?xml version=\"1.0\" encoding=\"UTF-8\"?><Error><Code>" + code + "</Code><Message>"
                        + code + "</Message><RequestId>fault</RequestId></Error>";
                return new Answer(
                        "HTTP/1.1 " + status + " " + code + "\r\nContent-Type: application/xml\r\nContent-Length: "
                                + body.length() + "\r\nConnection: close\r\n\r\n" + body);
            }
        }
    }

    /** How one request fails. */
    public enum Loss {
        /** S3 answers 500 and has done nothing. */
        ANSWERED_500,
        /** The connection is reset before S3 has got the request. */
        RESET,
        /** S3 has done what it was asked, and the connection is reset before it says so. */
        ANSWER_LOST,
        /** S3 has done what it was asked, and something in between says something else that looks like a success. */
        ANSWER_REPLACED,
        /**
         * The connection is reset, S3 does what it was asked two seconds later, and until then refuses to be asked again: the
         * next request gets 400 InvalidPart.
         */
        DONE_LATER
    }

    /** How a connection ends: in good order, or by a reset. */
    public enum Ending {
        FIN,
        RST
    }

    private FaultProxy(InetSocketAddress target) throws IOException {
        this.target = target;
        this.listener = listen(0);
        this.port = listener.getLocalPort();
    }

    /** Listens on a free port of the loopback address for what is meant for {@code target}. */
    public static FaultProxy before(URI target) throws IOException {
        return new FaultProxy(new InetSocketAddress(target.getHost(), target.getPort()));
    }

    public URI endpoint() {
        return URI.create("http://127.0.0.1:" + port);
    }

    /** From now on the proxy behaves like this. */
    public void set(Fault next) {
        synchronized (change) {
            fault = next;
            try {
                if (next instanceof Fault.Refuse) {
                    stopListening();
                    open.forEach(Connection::reset);
                } else if (listener.isClosed()) {
                    listener = listen(port);
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            change.notifyAll();
        }
    }

    /** Forwards everything again; stalled connections go on. */
    public void lift() {
        set(new Fault.None());
    }

    /** Number of connections the application has opened since the proxy was started. */
    public int openedConnections() {
        return opened.get();
    }

    @Override
    public void close() throws IOException {
        synchronized (change) {
            closed = true;
            stopListening();
            open.forEach(Connection::reset);
            change.notifyAll();
        }
    }

    private ServerSocket listen(int wanted) throws IOException {
        ServerSocket socket = new ServerSocket();
        socket.setReuseAddress(true);
        socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), wanted), 512);
        acceptor = daemon("accept", () -> accept(socket));
        return socket;
    }

    /** The system lets others connect for as long as the call that accepts them has not returned. */
    private void stopListening() throws IOException {
        listener.close();
        try {
            acceptor.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void accept(ServerSocket socket) {
        while (!socket.isClosed()) {
            try {
                Connection connection = new Connection(socket.accept());
                opened.incrementAndGet();
                open.add(connection);
                if (fault instanceof Fault.Refuse) { // set between the accepting and the adding
                    open.remove(connection);
                    connection.reset();
                } else {
                    daemon("client", connection::serve);
                }
            } catch (IOException e) {
                // closed: by close() or Refuse
            }
        }
    }

    private static Thread daemon(String name, Runnable work) {
        Thread thread = new Thread(work, "fault-proxy-" + name);
        thread.setDaemon(true);
        thread.start();
        return thread;
    }

    /** One connection of the application, and the one it causes to S3. */
    private final class Connection {
        private final Socket client;
        private final Socket server = new Socket();
        private Fault counted = fault;
        private long mayGoOnAtNanos = System.nanoTime();
        private long sentBytes;
        private volatile Optional<Loss> lost = Optional.empty();

        Connection(Socket client) {
            this.client = client;
        }

        void serve() {
            try (client;
                    server) {
                if (fault instanceof Fault.Answer answer) {
                    answer(answer);
                    return;
                }
                client.setTcpNoDelay(true);
                server.setTcpNoDelay(true);
                server.connect(target);
                daemon("server", this::forwardAnswers);
                forwardRequests();
            } catch (IOException e) {
                reset();
            } finally {
                open.remove(this);
            }
        }

        private void forwardRequests() throws IOException {
            byte[] buffer = new byte[BUFFER_BYTES];
            InputStream from = client.getInputStream();
            OutputStream to = server.getOutputStream();
            for (int count; (count = from.read(buffer)) >= 0; ) {
                if (fault instanceof Fault.Answer answer) {
                    write(answer);
                    return;
                }
                if (fault instanceof Fault.AnswerSome some && some.isAbout(buffer, count)) {
                    write(some.answer());
                    return;
                }
                if (fault instanceof Fault.FailOne one && one.isRepeatedTooEarly(buffer, count)) {
                    write(Fault.Answer.s3Error(400, "InvalidPart"));
                    return;
                }
                if (fault instanceof Fault.FailOne one && one.isTurnOf(buffer, count)) {
                    if (one.loss() == Loss.DONE_LATER) {
                        forwardLater(Arrays.copyOf(buffer, count));
                        return;
                    }
                    if (one.loss() == Loss.ANSWERED_500) {
                        write(Fault.Answer.s3Error(500, "InternalError"));
                        return;
                    }
                    if (one.loss() == Loss.RESET) {
                        reset();
                        return;
                    }
                    lost = Optional.of(one.loss());
                }
                to.write(buffer, 0, count);
            }
            server.shutdownOutput();
        }

        /** What belongs to the request has come once nothing more comes for a moment. */
        private void forwardLater(byte[] begun) throws IOException {
            ByteArrayOutputStream request = new ByteArrayOutputStream();
            request.write(begun);
            client.setSoTimeout(200);
            try {
                client.getInputStream().transferTo(request);
            } catch (SocketTimeoutException whole) {
                lost = Optional.of(Loss.ANSWER_LOST);
            }
            client.setSoLinger(true, 0);
            client.close();
            try {
                Thread.sleep(LATE_MILLIS);
                request.writeTo(server.getOutputStream());
                Thread.sleep(LATE_MILLIS); // until S3 has answered
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }

        private void forwardAnswers() {
            byte[] buffer = new byte[BUFFER_BYTES];
            try {
                InputStream from = server.getInputStream();
                for (int count; (count = from.read(buffer)) >= 0; ) {
                    if (!pass(buffer, count)) {
                        return;
                    }
                }
                client.shutdownOutput();
            } catch (IOException e) {
                reset();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }

        /** Whether the connection goes on. */
        private boolean pass(byte[] buffer, int count) throws IOException, InterruptedException {
            if (lost.isPresent()) {
                if (lost.get() == Loss.ANSWER_REPLACED) {
                    write(new Fault.Answer(HELLO));
                } else {
                    reset();
                }
                return false;
            }
            int done = 0;
            while (done < count) {
                Fault current = current();
                int allowed = (int) Math.min(count - done, allowedBytes(current));
                client.getOutputStream().write(buffer, done, allowed);
                sentBytes += allowed;
                done += allowed;
                if (current instanceof Fault.Throttle throttle) {
                    keepPace(allowed * 1_000_000_000L / throttle.bytesPerSecond());
                }
                if (done == count) {
                    return true;
                }
                if (current instanceof Fault.Throttle) {
                    waitWhile(current, PACE_MILLIS);
                    continue;
                }
                if (current instanceof Fault.CutAfter cut) {
                    end(cut.ending());
                    return false;
                }
                waitWhile(current, 0);
            }
            return true;
        }

        /** What was not sent while nothing was asked for can't be made up for, but what waiting took too long can. */
        private void keepPace(long nanos) {
            long earliest = System.nanoTime() - 5 * PACE_MILLIS * 1_000_000;
            mayGoOnAtNanos = Math.max(mayGoOnAtNanos, earliest) + nanos;
        }

        /** Until there is another fault; no longer than {@code millis}, unless that is 0. */
        private void waitWhile(Fault current, long millis) throws InterruptedException {
            synchronized (change) {
                while (fault == current && !closed) {
                    change.wait(millis);
                    if (millis > 0) {
                        return;
                    }
                }
            }
        }

        private Fault current() {
            Fault current = fault;
            if (current != counted) {
                counted = current;
                sentBytes = 0;
            }
            return current;
        }

        private long allowedBytes(Fault current) {
            if (current instanceof Fault.CutAfter cut) {
                return Math.max(0, cut.bytes() - sentBytes);
            }
            if (current instanceof Fault.StallAfter stall) {
                return Math.max(0, stall.bytes() - sentBytes);
            }
            return current instanceof Fault.Throttle && System.nanoTime() < mayGoOnAtNanos ? 0 : Long.MAX_VALUE;
        }

        private void answer(Fault.Answer answer) throws IOException {
            if (client.getInputStream().read() >= 0) {
                write(answer);
            }
        }

        /** Reads on until the client has seen the answer and leaves, since unread bytes would make the end a reset. */
        private void write(Fault.Answer answer) throws IOException {
            OutputStream to = client.getOutputStream();
            to.write(answer.response().getBytes(UTF_8));
            to.flush();
            client.shutdownOutput();
            client.setSoTimeout(2_000);
            client.getInputStream().transferTo(OutputStream.nullOutputStream());
        }

        private void end(Ending ending) throws IOException {
            if (ending == Ending.RST) {
                reset();
            } else {
                client.shutdownOutput();
                server.close();
            }
        }

        void reset() {
            try (server) {
                client.setSoLinger(true, 0);
                client.close();
            } catch (IOException e) {
                // closed already
            }
        }
    }
}
