package io.reportfiles.dev;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayInputStream;
import java.io.Closeable;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Stands between the application and PostgreSQL, and loses what a test says. It follows what the client sends (the
 * frontend messages of PostgreSQL's protocol 3), to know a commit when it passes. Safe for many threads; whoever starts it
 * closes it.
 */
public final class PostgresProxy implements Closeable {

    /** The fate of the next transaction that writes into the audit. */
    public enum Fate {
        /** Its commit comes through, and so does the answer. */
        ANSWERED,
        /** Its commit comes through, and the connection breaks before the answer. */
        ANSWER_LOST,
        /** The connection breaks before the commit. */
        LOST,
        /** Its commit comes through, and then the connection is silent and stays open. */
        ANSWER_SILENT,
        /** The connection falls silent before the commit, and stays open. */
        COMMIT_SILENT,
        /** The connection falls silent before what is written into the audit, and stays open. */
        WRITE_SILENT
    }

    private static final int SSL_REQUEST = 80_877_103;
    private static final int LARGEST = 1 << 26;

    private final ServerSocket listener;
    private final InetSocketAddress server;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private final Set<Socket> forgotten = ConcurrentHashMap.newKeySet();
    private final AtomicInteger cut = new AtomicInteger();
    private volatile Fate fate = Fate.ANSWERED;
    private volatile boolean refusing;
    private volatile boolean refuseAfterwards;
    private volatile boolean silent;

    private PostgresProxy(ServerSocket listener, InetSocketAddress server) {
        this.listener = listener;
        this.server = server;
    }

    /** Starts one before a server of this machine. */
    public static PostgresProxy before(int port) throws IOException {
        InetAddress here = InetAddress.getLoopbackAddress();
        PostgresProxy proxy = new PostgresProxy(new ServerSocket(0, 100, here), new InetSocketAddress(here, port));
        daemon("accept", proxy::accept);
        return proxy;
    }

    /** Where it listens. */
    public int port() {
        return listener.getLocalPort();
    }

    /** Decides on the next transaction that writes into the audit, once. */
    public void next(Fate next) {
        cut.set(0);
        fate = next;
    }

    /** As {@link #next}; from then on all connections break and none is taken, until {@link #refuse} says otherwise. */
    public void nextAndThenRefuse(Fate next) {
        refuseAfterwards = true;
        next(next);
    }

    /** How many transactions have met their fate since {@link #next}. */
    public int cut() {
        return cut.get();
    }

    /** Breaks all connections and takes no new ones, until told otherwise. */
    public void refuse(boolean on) {
        refusing = on;
        if (on) {
            open.forEach(PostgresProxy::closeQuietly);
        }
    }

    /** Passes nothing on over the connections that are open now, for good, and leaves them open; new ones work. */
    public void forgetOpen() {
        forgotten.addAll(open);
    }

    /** Passes nothing on in either direction and leaves all connections open, until told otherwise. */
    public void fallSilent(boolean on) {
        silent = on;
    }

    @Override
    public void close() throws IOException {
        listener.close();
        open.forEach(PostgresProxy::closeQuietly);
    }

    private void accept() {
        while (!listener.isClosed()) {
            try {
                Socket client = listener.accept();
                if (refusing) {
                    closeQuietly(client);
                } else {
                    Socket behind = new Socket();
                    open.add(client);
                    open.add(behind);
                    client.setTcpNoDelay(true);
                    behind.setTcpNoDelay(true);
                    behind.connect(server);
                    daemon("backend", () -> passBack(behind, client));
                    daemon("frontend", () -> follow(client, behind));
                }
            } catch (IOException closed) {
                // the next one, or none
            }
        }
    }

    private void passBack(Socket behind, Socket client) {
        try {
            InputStream in = behind.getInputStream();
            OutputStream out = client.getOutputStream();
            byte[] buffer = new byte[65_536];
            for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
                awaitVoice(client);
                out.write(buffer, 0, count);
            }
        } catch (IOException broken) {
            // both go
        } finally {
            end(client, behind);
        }
    }

    private void follow(Socket client, Socket behind) {
        try {
            DataInputStream in = new DataInputStream(client.getInputStream());
            OutputStream out = behind.getOutputStream();
            begin(in, out);
            Map<String, String> prepared = new ConcurrentHashMap<>();
            boolean audited = false;
            boolean committing = false;
            while (true) {
                int type = in.read();
                if (type < 0) {
                    throw new EOFException();
                }
                byte[] body = body(in, in.readInt());
                awaitVoice(client);
                String sql = sql((char) type, body, prepared);
                audited |= sql.contains("audit_event")
                        && sql.toUpperCase(Locale.ROOT).contains("INSERT");
                committing |= sql.equals("COMMIT");
                if (committing && audited && fate == Fate.LOST) {
                    met(behind);
                    return;
                }
                if ((audited && fate == Fate.WRITE_SILENT) || (committing && audited && fate == Fate.COMMIT_SILENT)) {
                    met(behind);
                    forgotten.add(client);
                    awaitVoice(client);
                    return;
                }
                if (type == 'S' && committing && audited && fate == Fate.ANSWER_LOST) {
                    met(behind);
                    closeQuietly(client); // the answer has nowhere to go
                    send(out, type, body);
                    Thread.sleep(500);
                    return;
                }
                if (type == 'S' && committing && audited && fate == Fate.ANSWER_SILENT) {
                    met(behind);
                    forgotten.add(client);
                    send(out, type, body);
                    awaitVoice(client);
                    return;
                }
                send(out, type, body);
                if (type == 'S' && committing) { // what was said so far is now done
                    audited = false;
                    committing = false;
                }
            }
        } catch (IOException broken) {
            // both go
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            end(client, behind);
        }
    }

    private void met(Socket behind) {
        fate = Fate.ANSWERED;
        if (refuseAfterwards) {
            refuseAfterwards = false;
            refusing = true;
            open.stream().filter(other -> other != behind).forEach(PostgresProxy::closeQuietly);
        }
        cut.incrementAndGet();
    }

    private static void begin(DataInputStream in, OutputStream out) throws IOException {
        while (true) {
            int length = in.readInt();
            byte[] body = body(in, length);
            DataInputStream code = new DataInputStream(new ByteArrayInputStream(body));
            out.write(ByteBuffer.allocate(length).putInt(length).put(body).array());
            if (code.readInt() != SSL_REQUEST) {
                return;
            }
        }
    }

    /** The statement that a message parses or binds; blank for any other. */
    private static String sql(char type, byte[] body, Map<String, String> prepared) {
        if (type == 'P') {
            String name = text(body, 0);
            String statement = text(body, name.length() + 1);
            prepared.put(name, statement);
            return statement;
        }
        if (type == 'B') {
            String portal = text(body, 0);
            return prepared.getOrDefault(text(body, portal.length() + 1), "");
        }
        return type == 'Q' ? text(body, 0) : "";
    }

    private static String text(byte[] body, int from) {
        int end = from;
        while (end < body.length && body[end] != 0) {
            end++;
        }
        return new String(body, from, end - from, ISO_8859_1);
    }

    private static byte[] body(DataInputStream in, int length) throws IOException {
        if (length < 4 || length > LARGEST) {
            throw new IOException("a message of " + length + " bytes");
        }
        return in.readNBytes(length - 4);
    }

    private static void send(OutputStream out, int type, byte[] body) throws IOException {
        out.write(ByteBuffer.allocate(body.length + 5)
                .put((byte) type)
                .putInt(body.length + 4)
                .put(body)
                .array());
    }

    private void awaitVoice(Socket client) throws IOException {
        while ((silent || forgotten.contains(client)) && !client.isClosed()) {
            try {
                Thread.sleep(10);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IOException(e);
            }
        }
    }

    private void end(Socket client, Socket behind) {
        closeQuietly(client);
        closeQuietly(behind);
        forgotten.remove(client);
        open.remove(client);
        open.remove(behind);
    }

    private static void closeQuietly(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            // it is gone as well
        }
    }

    private static void daemon(String name, Runnable work) {
        Thread thread = new Thread(work, "postgres-proxy-" + name);
        thread.setDaemon(true);
        thread.start();
    }
}
