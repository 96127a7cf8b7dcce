package io.reportfiles.download.server;

import io.reportfiles.download.engine.ReaderConnection;
import jakarta.servlet.ServletRequest;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.lang.reflect.AccessibleObject;
import java.lang.reflect.Field;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.Optional;

/**
 * A connection of Grizzly, the server in Payara. Grizzly queues what a socket does not take: up to a limit that it allows
 * to be set for each connection, which is how {@link #limitPending} bounds it over HTTP/1.1. Over HTTP/2 a stream has a
 * queue of 64 KiB for what the reader's window does not allow, but what is let through goes on to queues that all streams
 * share, and nobody looks at their size: the windows may be as large as the reader likes. So {@link #hasRoom} does.
 */
final class GrizzlyConnection implements ReaderConnection {

    private static final Logger LOG = System.getLogger(GrizzlyConnection.class.getName());

    /** A stream that has as much in its own queue makes a blocking write wait. */
    private static final int STREAM_QUEUE_BYTES = 64 << 10;

    /** What may be pending in the queues that the streams of a connection share. */
    private static final int SHARED_QUEUE_BYTES = 64 << 10;

    private static volatile GrizzlyMethods known;

    private final GrizzlyMethods grizzly;
    private final Object connection;
    private final Optional<Stream> stream;
    private final Object own; // the queue that holds bytes of this response only
    private final List<Object> shared;
    private final int limitFound;

    /**
     * A stream of a multiplexed connection.
     *
     * @param sink where the connection's frames go
     */
    private record Stream(Object http2Stream, Object sink) {}

    private GrizzlyConnection(
            GrizzlyMethods grizzly, Object connection, Optional<Stream> stream, Object own, List<Object> shared)
            throws ReflectiveOperationException {
        this.grizzly = grizzly;
        this.connection = connection;
        this.stream = stream;
        this.own = own;
        this.shared = shared;
        this.limitFound = (int) grizzly.limit().invoke(connection);
    }

    static boolean isRequest(ServletRequest request) {
        return request.getClass().getName().startsWith("org.apache.catalina.");
    }

    static GrizzlyConnection of(ServletRequest request) throws ReflectiveOperationException {
        GrizzlyMethods methods = known;
        if (methods == null || methods.facade() != request.getClass()) {
            methods = GrizzlyMethods.of(request);
            known = methods;
        }
        Object packet = methods.packet(request);
        Object connection = methods.connection().invoke(packet);
        Object stream = methods.streamFor().invoke(null, packet);
        Object connectionQueue = methods.writeQueue().invoke(connection);
        if (stream == null) {
            return new GrizzlyConnection(methods, connection, Optional.empty(), connectionQueue, List.of());
        }
        Object session = methods.session().invoke(stream);
        Object sessionSink = methods.sessionSink().invoke(session);
        Object sessionQueue = methods.sessionQueue().get(sessionSink);
        Object sink = methods.streamSink().get(stream);
        Object streamQueue = methods.streamQueue().getDeclaringClass().isInstance(sink)
                ? methods.streamQueue().get(sink)
                : sessionQueue; // the stream of an upgraded connection has no queue of its own
        return new GrizzlyConnection(
                methods,
                connection,
                Optional.of(new Stream(stream, sessionSink)),
                streamQueue,
                List.of(sessionQueue, connectionQueue));
    }

    @Override
    public void breakOff() {
        try {
            if (stream.isPresent()) {
                grizzly.terminate().invoke(stream.get().http2Stream);
                GrizzlyReset.send(stream.get().sink, stream.get().http2Stream);
            } else {
                grizzly.terminate().invoke(connection);
            }
        } catch (ReflectiveOperationException e) {
            LOG.log(Level.DEBUG, "A connection was not broken, since it is gone", e);
        }
    }

    @Override
    public int pendingBytes() {
        return pending(own);
    }

    @Override
    public void limitPending(int bytes) {
        if (shared.isEmpty()) {
            call(grizzly.setLimit(), connection, bytes);
        }
    }

    @Override
    public boolean hasRoom(int bytes, Runnable room) {
        if (shared.isEmpty()) {
            return true; // the limit has been looked at
        }
        if (pending(own) >= bytes) {
            callWhenLess(own, bytes, room);
            return false;
        }
        for (Object queue : shared) {
            if (pending(queue) >= SHARED_QUEUE_BYTES) {
                callWhenLess(queue, SHARED_QUEUE_BYTES, room);
                return false;
            }
        }
        return true;
    }

    @Override
    public boolean takesAtOnce(int bytes) {
        if (pending(own) > 0) {
            return false;
        }
        if (shared.isEmpty()) {
            limitPending(Integer.MAX_VALUE);
            return true;
        }
        return bytes < STREAM_QUEUE_BYTES && shared.stream().allMatch(queue -> pending(queue) < SHARED_QUEUE_BYTES);
    }

    @Override
    public void restore() {
        limitPending(limitFound);
    }

    private int pending(Object queue) {
        return (int) call(grizzly.pending(), queue);
    }

    /** A failure of the connection calls it as well: the next write will tell. */
    private void callWhenLess(Object queue, int bytes, Runnable room) {
        Class<?> handler = grizzly.writeHandler();
        InvocationHandler calls = (proxy, method, arguments) -> switch (method.getName()) {
            case "onWritePossible", "onError" -> {
                room.run();
                yield null;
            }
            case "equals" -> proxy == arguments[0];
            case "hashCode" -> System.identityHashCode(proxy);
            default -> "a download";
        };
        call(
                grizzly.notifyWritePossible(),
                queue,
                Proxy.newProxyInstance(handler.getClassLoader(), new Class<?>[] {handler}, calls),
                bytes);
    }

    private static Object call(Method method, Object object, Object... arguments) {
        try {
            return method.invoke(object, arguments);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("Grizzly is not as it was when its methods were looked up", e);
        }
    }

    /**
     * What is called of Grizzly, looked up once.
     *
     * @param facade the class of the requests that lead there
     */
    private record GrizzlyMethods(
            Class<?> facade,
            Method catalina,
            Method coyote,
            Method request,
            Method connection,
            Method terminate,
            Method writeQueue,
            Method limit,
            Method setLimit,
            Method pending,
            Method notifyWritePossible,
            Class<?> writeHandler,
            Method streamFor,
            Method session,
            Method sessionSink,
            Field sessionQueue,
            Field streamSink,
            Field streamQueue) {

        static GrizzlyMethods of(ServletRequest request) throws ReflectiveOperationException {
            Method catalina = request.getClass().getMethod("getUnwrappedCoyoteRequest");
            Method coyote = catalina.getReturnType().getMethod("getCoyoteRequest");
            Method packet = coyote.getReturnType().getMethod("getRequest");
            ClassLoader server = packet.getReturnType().getClassLoader();
            Class<?> nioConnection = load(server, "nio.NIOConnection");
            Class<?> queue = load(server, "asyncqueue.TaskQueue");
            Class<?> handler = load(server, "WriteHandler");
            Class<?> stream = load(server, "http2.Http2Stream");
            Class<?> session = load(server, "http2.Http2Session");
            Class<?> sessionSink = load(server, "http2.Http2SessionOutputSink");
            return new GrizzlyMethods(
                    request.getClass(),
                    catalina,
                    coyote,
                    packet,
                    packet.getReturnType().getMethod("getConnection"),
                    load(server, "Closeable").getMethod("terminateSilently"),
                    nioConnection.getMethod("getAsyncWriteQueue"),
                    nioConnection.getMethod("getMaxAsyncWriteQueueSize"),
                    nioConnection.getMethod("setMaxAsyncWriteQueueSize", int.class),
                    queue.getMethod("spaceInBytes"),
                    queue.getMethod("notifyWritePossible", handler, int.class),
                    handler,
                    stream.getMethod("getStreamFor", load(server, "http.HttpHeader")),
                    opened(stream.getDeclaredMethod("getHttp2Session")),
                    opened(session.getDeclaredMethod("getOutputSink")),
                    opened(sessionSink.getDeclaredField("outputQueue")),
                    opened(stream.getDeclaredField("outputSink")),
                    opened(load(server, "http2.DefaultOutputSink").getDeclaredField("outputQueue")));
        }

        Object packet(ServletRequest servletRequest) throws ReflectiveOperationException {
            return request.invoke(coyote.invoke(catalina.invoke(servletRequest)));
        }

        private static Class<?> load(ClassLoader server, String name) throws ClassNotFoundException {
            return Class.forName("org.glassfish.grizzly." + name, true, server);
        }

        private static <T extends AccessibleObject> T opened(T hidden) {
            hidden.setAccessible(true);
            return hidden;
        }
    }
}
