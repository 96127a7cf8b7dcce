package io.reportfiles.download;

import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletRequestWrapper;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.Optional;

/**
 * Breaks the connection of a request whose body can't be finished, so that the reader sees at once that something is
 * missing (RFC 9112 §8). The Servlet API has no word for that, and ending the request is not enough everywhere: Payara
 * leaves the connection open until its keep-alive time is over, and the reader waits. So the server's own connection is
 * looked up by the public methods of its request object, without compiling against either server.
 */
final class ConnectionBreaker {

    private static final Logger LOG = System.getLogger(ConnectionBreaker.class.getName());

    private ConnectionBreaker() {}

    /** Closes the connection, or the stream of a multiplexed one; where that is impossible, says so in the log. */
    static void breakConnection(ServletRequest request) {
        ServletRequest bare = request;
        while (bare instanceof ServletRequestWrapper wrapper) {
            bare = wrapper.getRequest();
        }
        try {
            if (!breakOnPayara(bare) && !breakOnWildFly(bare)) {
                LOG.log(Level.WARNING, "Don''t know how to break a connection of {0}", bare.getClass());
            }
        } catch (ReflectiveOperationException e) {
            LOG.log(Level.WARNING, "Can't break a connection", e);
        }
    }

    private static boolean breakOnPayara(Object facade) throws ReflectiveOperationException {
        Optional<Object> catalina = get(facade, "getUnwrappedCoyoteRequest");
        if (catalina.isEmpty()) {
            return false;
        }
        Object grizzly = require(catalina.get(), "getCoyoteRequest");
        Object packet = require(grizzly, "getRequest");
        ClassLoader server = packet.getClass().getClassLoader();
        Object stream = Class.forName("org.glassfish.grizzly.http2.Http2Stream", true, server)
                .getMethod("getStreamFor", Class.forName("org.glassfish.grizzly.http.HttpHeader", true, server))
                .invoke(null, packet);
        Object connection = require(packet, "getConnection");
        Class.forName("org.glassfish.grizzly.Closeable", true, server)
                .getMethod("terminateSilently")
                .invoke(stream == null ? connection : stream);
        return true;
    }

    private static boolean breakOnWildFly(Object servletRequest) throws ReflectiveOperationException {
        Optional<Object> exchange = get(servletRequest, "getExchange");
        if (exchange.isEmpty()) {
            return false;
        }
        AutoCloseable connection = (AutoCloseable) require(exchange.get(), "getConnection");
        try {
            connection.close();
        } catch (Exception e) {
            LOG.log(Level.DEBUG, "The connection was closed already", e);
        }
        return true;
    }

    private static Optional<Object> get(Object object, String method) throws ReflectiveOperationException {
        try {
            return Optional.of(object.getClass().getMethod(method).invoke(object));
        } catch (NoSuchMethodException e) {
            return Optional.empty();
        }
    }

    private static Object require(Object object, String method) throws ReflectiveOperationException {
        return object.getClass().getMethod(method).invoke(object);
    }
}
