package io.reportfiles.download;

import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletRequestWrapper;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.lang.reflect.Method;
import java.util.Optional;

/**
 * Breaks the connection of a request whose body can't be finished, so that the reader sees at once that something is
 * missing (RFC 9112 §8). The Servlet API has no word for that, and ending the request is not enough everywhere: Payara
 * leaves the connection open until its keep-alive time is over, and the reader waits. So the server's own connection is
 * looked up by the public methods of its request object, without compiling against either server.
 *
 * <p>It is looked up while the request is being served: servers use request objects again, and what a spent one leads to
 * may be another reader's connection.
 */
final class ConnectionBreaker {

    private static final Logger LOG = System.getLogger(ConnectionBreaker.class.getName());

    private final Optional<Method> close;
    private final Object connection;

    private ConnectionBreaker(Optional<Method> close, Object connection) {
        this.close = close;
        this.connection = connection;
    }

    /** Looks up the connection of a request, or the stream of a multiplexed one. To be called on the request's thread. */
    static ConnectionBreaker of(ServletRequest request) {
        ServletRequest bare = request;
        while (bare instanceof ServletRequestWrapper wrapper) {
            bare = wrapper.getRequest();
        }
        try {
            Optional<Object> catalina = find(bare, "getUnwrappedCoyoteRequest");
            if (catalina.isPresent()) {
                return ofPayara(catalina.get());
            }
            Optional<Object> exchange = find(bare, "getExchange");
            if (exchange.isPresent()) {
                Object connection = call(exchange.get(), "getConnection");
                return new ConnectionBreaker(Optional.of(AutoCloseable.class.getMethod("close")), connection);
            }
            LOG.log(Level.WARNING, "Don''t know how to break a connection of {0}", bare.getClass());
        } catch (ReflectiveOperationException e) {
            LOG.log(Level.WARNING, "Can't find a request's connection", e);
        }
        return new ConnectionBreaker(Optional.empty(), bare);
    }

    private static ConnectionBreaker ofPayara(Object catalinaRequest) throws ReflectiveOperationException {
        Object packet = call(call(catalinaRequest, "getCoyoteRequest"), "getRequest");
        ClassLoader server = packet.getClass().getClassLoader();
        Object stream = Class.forName("org.glassfish.grizzly.http2.Http2Stream", true, server)
                .getMethod("getStreamFor", Class.forName("org.glassfish.grizzly.http.HttpHeader", true, server))
                .invoke(null, packet);
        Method close =
                Class.forName("org.glassfish.grizzly.Closeable", true, server).getMethod("terminateSilently");
        return new ConnectionBreaker(Optional.of(close), stream == null ? call(packet, "getConnection") : stream);
    }

    /** Closes it without ceremony; from any thread. A connection that is closed already stays so. */
    void breakConnection() {
        close.ifPresent(method -> {
            try {
                method.invoke(connection);
            } catch (ReflectiveOperationException e) {
                LOG.log(Level.DEBUG, "A connection was not broken, since it is gone", e);
            }
        });
    }

    private static Optional<Object> find(Object object, String method) throws ReflectiveOperationException {
        try {
            return Optional.ofNullable(object.getClass().getMethod(method).invoke(object));
        } catch (NoSuchMethodException e) {
            return Optional.empty();
        }
    }

    private static Object call(Object object, String method) throws ReflectiveOperationException {
        return object.getClass().getMethod(method).invoke(object);
    }
}
