package io.reportfiles.operations;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.lang.annotation.Annotation;
import java.lang.management.ManagementFactory;
import java.lang.reflect.Method;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.management.JMException;
import javax.management.MBeanServer;
import javax.management.ObjectName;

/**
 * Asks the application server for its listeners. There is no standard for that: WildFly shows its configuration as MBeans,
 * Payara has services that its own classes know, asked by reflection. Nothing is changed.
 */
final class ServerListeners {

    private static final Logger LOG = System.getLogger(ServerListeners.class.getName());

    private ServerListeners() {}

    /**
     * Those of the server that we run on; none where it does not tell.
     *
     * @param ofServer a class that came with the server
     */
    static List<ServerListener> find(Class<?> ofServer) {
        try {
            List<ServerListener> ofWildFly = ofWildFly(ManagementFactory.getPlatformMBeanServer());
            return ofWildFly.isEmpty() ? ofPayara(ofServer.getClassLoader()) : ofWildFly;
        } catch (JMException | ReflectiveOperationException | RuntimeException unknown) {
            LOG.log(Level.DEBUG, () -> "the server does not tell its limits: " + unknown);
            return List.of();
        }
    }

    private static List<ServerListener> ofWildFly(MBeanServer server) throws JMException {
        Optional<Integer> threads = Optional.empty();
        ObjectName worker = new ObjectName("jboss.as:subsystem=io,worker=default");
        if (server.isRegistered(worker)) {
            threads = ServerListener.limit(server.getAttribute(worker, "taskMaxThreads"))
                    .map(Long::intValue);
        }
        List<ServerListener> found = new ArrayList<>();
        for (String kind : List.of("http-listener", "https-listener")) {
            for (ObjectName name : server.queryNames(
                    new ObjectName("jboss.as:subsystem=undertow,server=*,%s=*".formatted(kind)), null)) {
                found.add(new ServerListener(
                        name.getKeyProperty(kind),
                        Optional.empty(), // it ends connections on which nothing moves, not requests that take long
                        ServerListener.limit(server.getAttribute(name, "maxPostSize")),
                        threads));
            }
        }
        return found;
    }

    private static List<ServerListener> ofPayara(ClassLoader server) throws ReflectiveOperationException {
        Object services = server.loadClass("org.glassfish.internal.api.Globals")
                .getMethod("getDefaultHabitat")
                .invoke(null);
        Class<?> configuration = server.loadClass("org.glassfish.grizzly.config.dom.NetworkConfig");
        Method find = server.loadClass("org.glassfish.hk2.api.ServiceLocator")
                .getMethod("getService", Class.class, Annotation[].class);
        Object network = find.invoke(services, configuration, new Annotation[0]);
        List<ServerListener> found = new ArrayList<>();
        for (Object listener : (List<?>) call(call(network, "getNetworkListeners"), "getNetworkListener")) {
            if ("true".equals(call(listener, "getEnabled"))) {
                Object http = call(listener, "findHttp");
                found.add(new ServerListener(
                        (String) call(listener, "getName"),
                        ServerListener.limit(call(http, "getRequestTimeoutSeconds"))
                                .map(Duration::ofSeconds),
                        ServerListener.limit(call(http, "getMaxPostSizeBytes")),
                        ServerListener.limit(call(call(listener, "findThreadPool"), "getMaxThreadPoolSize"))
                                .map(Long::intValue)));
            }
        }
        return found;
    }

    private static Object call(Object target, String method) throws ReflectiveOperationException {
        return target.getClass().getMethod(method).invoke(target);
    }
}
