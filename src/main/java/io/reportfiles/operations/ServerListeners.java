package io.reportfiles.operations;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.lang.annotation.Annotation;
import java.lang.management.ManagementFactory;
import java.lang.reflect.Method;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
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

    static List<ServerListener> ofWildFly(MBeanServer server) throws JMException {
        List<ServerListener> found = new ArrayList<>();
        for (String kind : List.of("http-listener", "https-listener")) {
            for (ObjectName name : server.queryNames(
                    new ObjectName("jboss.as:subsystem=undertow,server=*,%s=*".formatted(kind)), null)) {
                found.add(new ServerListener(
                        name.getKeyProperty(kind),
                        Optional.empty(), // it ends connections on which nothing moves, not requests that take long
                        ServerListener.limit(server.getAttribute(name, "maxPostSize")),
                        threadsOf(server, server.getAttribute(name, "worker"))));
            }
        }
        return found;
    }

    private static Optional<Integer> threadsOf(MBeanServer server, Object worker) throws JMException {
        ObjectName name = new ObjectName("jboss.as:subsystem=io,worker=" + worker);
        return server.isRegistered(name)
                ? ServerListener.limit(server.getAttribute(name, "taskMaxThreads"))
                        .map(Long::intValue)
                : Optional.empty();
    }

    private static List<ServerListener> ofPayara(ClassLoader server) throws ReflectiveOperationException {
        Object network = networkOfPayara(server);
        Map<Object, Object> protocols = named((List<?>) call(call(network, "getProtocols"), "getProtocol"));
        Map<Object, Object> pools = named(services(server, "org.glassfish.grizzly.config.dom.ThreadPool"));
        List<ServerListener> found = new ArrayList<>();
        for (Object listener : listenersOfPayara(network)) {
            Object protocol = protocols.get(call(listener, "getProtocol"));
            Object pool = pools.get(call(listener, "getThreadPool"));
            Object http = protocol == null ? null : call(protocol, "getHttp");
            if ("true".equals(call(listener, "getEnabled")) && pool != null && http != null) {
                found.add(new ServerListener(
                        (String) call(listener, "getName"),
                        ServerListener.limit(call(http, "getRequestTimeoutSeconds"))
                                .map(Duration::ofSeconds),
                        ServerListener.limit(call(http, "getMaxPostSizeBytes")),
                        ServerListener.limit(call(pool, "getMaxThreadPoolSize")).map(Long::intValue)));
            }
        }
        return found;
    }

    /** Payara's configuration of its network. */
    static Object networkOfPayara(ClassLoader server) throws ReflectiveOperationException {
        return services(server, "org.glassfish.grizzly.config.dom.NetworkConfig")
                .iterator()
                .next();
    }

    /** All listeners of it, switched on or not. */
    static List<?> listenersOfPayara(Object network) throws ReflectiveOperationException {
        return (List<?>) call(call(network, "getNetworkListeners"), "getNetworkListener");
    }

    /** Payara's services of a type. */
    static List<?> services(ClassLoader server, String type) throws ReflectiveOperationException {
        Object all = server.loadClass("org.glassfish.internal.api.Globals")
                .getMethod("getDefaultHabitat")
                .invoke(null);
        return (List<?>) server.loadClass("org.glassfish.hk2.api.ServiceLocator")
                .getMethod("getAllServices", Class.class, Annotation[].class)
                .invoke(all, server.loadClass(type), new Annotation[0]);
    }

    private static Map<Object, Object> named(List<?> things) throws ReflectiveOperationException {
        Map<Object, Object> byName = new HashMap<>();
        for (Object thing : things) {
            byName.put(call(thing, "getName"), thing);
        }
        return byName;
    }

    /** Configuration is handed out as proxies, whose own classes nobody may call. */
    static Object call(Object target, String method) throws ReflectiveOperationException {
        for (Class<?> type : target.getClass().getInterfaces()) {
            for (Method candidate : type.getMethods()) {
                if (candidate.getName().equals(method) && candidate.getParameterCount() == 0) {
                    return candidate.invoke(target);
                }
            }
        }
        throw new NoSuchMethodException(method);
    }
}
