package io.reportfiles.download.server;

import io.reportfiles.download.engine.ReaderConnection;
import io.reportfiles.download.engine.ReaderConnections;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletRequestWrapper;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;

/**
 * The connections of Payara (Grizzly) and WildFly (Undertow). They are looked up by the names of the server's own methods,
 * without compiling against any server.
 */
@ApplicationScoped
public class ServerConnections implements ReaderConnections {

    private static final Logger LOG = System.getLogger(ServerConnections.class.getName());

    @Override
    public ReaderConnection of(ServletRequest request) {
        ServletRequest bare = request;
        while (bare instanceof ServletRequestWrapper wrapper) {
            bare = wrapper.getRequest();
        }
        try {
            if (GrizzlyConnection.isRequest(bare)) {
                return GrizzlyConnection.of(bare);
            }
            if (UndertowConnection.isRequest(bare)) {
                return UndertowConnection.of(bare);
            }
            LOG.log(Level.WARNING, "Connections of {0} are not known", bare.getClass());
        } catch (ReflectiveOperationException e) {
            LOG.log(Level.WARNING, "Can't find a request's connection", e);
        }
        return ReaderConnection.UNKNOWN;
    }
}
