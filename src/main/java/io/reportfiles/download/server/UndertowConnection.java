package io.reportfiles.download.server;

import io.reportfiles.download.engine.ReaderConnection;
import jakarta.servlet.ServletRequest;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.lang.reflect.Method;

/**
 * A connection of Undertow, the server in WildFly. An output with a write listener keeps one buffer of the server's pool
 * and what is left of one write, and says that it is not ready while it does: so the size of a write is all there is to
 * bound. A write without a listener waits for the reader, for as long as it takes.
 */
final class UndertowConnection implements ReaderConnection {

    private static final Logger LOG = System.getLogger(UndertowConnection.class.getName());

    private static volatile Methods known;

    private final AutoCloseable connection;

    /** What is called, looked up once. */
    private record Methods(Class<?> request, Method exchange, Method connection) {

        static Methods of(Class<?> request) throws ReflectiveOperationException {
            Method exchange = request.getMethod("getExchange");
            return new Methods(request, exchange, exchange.getReturnType().getMethod("getConnection"));
        }
    }

    private UndertowConnection(AutoCloseable connection) {
        this.connection = connection;
    }

    static boolean isRequest(ServletRequest request) {
        return request.getClass().getName().startsWith("io.undertow.");
    }

    static UndertowConnection of(ServletRequest request) throws ReflectiveOperationException {
        Methods methods = known;
        if (methods == null || methods.request != request.getClass()) {
            methods = Methods.of(request.getClass());
            known = methods;
        }
        return new UndertowConnection((AutoCloseable) methods.connection.invoke(methods.exchange.invoke(request)));
    }

    @Override
    public void breakOff() {
        try {
            connection.close();
        } catch (IOException e) {
            LOG.log(Level.DEBUG, "A connection was not broken, since it is gone", e);
        } catch (Exception e) {
            LOG.log(Level.WARNING, "A connection can't be broken", e);
        }
    }
}
