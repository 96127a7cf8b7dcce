package io.reportfiles.operations;

import static io.reportfiles.operations.ServerListeners.call;
import static io.reportfiles.operations.ServerListeners.listenersOfPayara;
import static io.reportfiles.operations.ServerListeners.networkOfPayara;
import static io.reportfiles.operations.ServerListeners.services;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.lang.reflect.Method;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Closes the application server's listeners before it takes down what stands behind them. In between Payara answers with
 * an empty 200 or 500, and WildFly with 404, whatever was asked. There is no standard for that, so it is done by reflection
 * with what the servers do themselves later; where they do not let us, the listeners stay open until then.
 */
final class ListenerStop {

    private static final Logger LOG = System.getLogger(ListenerStop.class.getName());

    private static final Duration PATIENCE = Duration.ofSeconds(2);
    private static final Duration LOOK_AGAIN = Duration.ofMillis(10);

    private ListenerStop() {}

    /**
     * Closes them all, since the process is about to end.
     *
     * @param ofServer a class that came with the server
     */
    static void run(Class<?> ofServer) {
        ClassLoader server = ofServer.getClassLoader();
        try {
            if (server.getClass().getName().equals("org.jboss.modules.ModuleClassLoader")) {
                ofWildFly(server);
            } else {
                ofPayara(server);
            }
        } catch (ReflectiveOperationException | RuntimeException unknown) {
            LOG.log(Level.INFO, () -> "the listeners stay open until the server closes them: " + unknown);
        }
    }

    /** They stay registered, for otherwise Payara makes others. */
    private static void ofPayara(ClassLoader server) throws ReflectiveOperationException {
        Class<?> type = server.loadClass("com.sun.enterprise.v3.services.impl.GrizzlyService");
        Object grizzly = services(server, type.getName()).iterator().next();
        Method proxyOf = type.getMethod(
                "lookupNetworkProxy", server.loadClass("org.glassfish.grizzly.config.dom.NetworkListener"));
        for (Object listener : listenersOfPayara(networkOfPayara(server))) {
            Object proxy = proxyOf.invoke(grizzly, listener);
            if (proxy != null) {
                stop(proxy);
            }
        }
    }

    private static void stop(Object proxy) {
        try {
            call(proxy, "stop");
        } catch (ReflectiveOperationException e) { // the others are closed all the same
            LOG.log(Level.INFO, () -> "a listener stays open until the server closes it: " + e);
        }
    }

    private static void ofWildFly(ClassLoader server) throws ReflectiveOperationException {
        Object module = server.getClass().getMethod("getModule").invoke(server);
        Object modules = module.getClass().getMethod("getModuleLoader").invoke(module);
        Object base = modules.getClass().getMethod("loadModule", String.class).invoke(modules, "org.jboss.as.server");
        ClassLoader core =
                (ClassLoader) base.getClass().getMethod("getClassLoader").invoke(base);
        Object container = core.loadClass("org.jboss.as.server.CurrentServiceContainer")
                .getMethod("getServiceContainer")
                .invoke(null);
        Class<?> controllerType = core.loadClass("org.jboss.msc.service.ServiceController");
        Class<?> modeType = core.loadClass("org.jboss.msc.service.ServiceController$Mode");
        Method find = core.loadClass("org.jboss.msc.service.ServiceContainer")
                .getMethod("getService", core.loadClass("org.jboss.msc.service.ServiceName"));
        List<Object> stopping = new ArrayList<>();
        for (Object name : (List<?>) call(container, "getServiceNames")) {
            if (name.toString().startsWith("service org.wildfly.undertow.listener.")) {
                Object controller = find.invoke(container, name);
                if (controller != null) { // some names are only depended on
                    controllerType
                            .getMethod("setMode", modeType)
                            .invoke(controller, modeType.getField("NEVER").get(null));
                    stopping.add(controller);
                }
            }
        }
        Method state = controllerType.getMethod("getState");
        for (Object controller : stopping) {
            awaitDown(controller, state);
        }
    }

    private static void awaitDown(Object controller, Method state) throws ReflectiveOperationException {
        long start = System.nanoTime();
        while (!state.invoke(controller).toString().equals("DOWN") && System.nanoTime() - start < PATIENCE.toNanos()) {
            try {
                Thread.sleep(LOOK_AGAIN.toMillis());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }
}
