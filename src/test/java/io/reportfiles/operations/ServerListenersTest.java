package io.reportfiles.operations;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Proxy;
import java.util.Map;
import java.util.Optional;
import javax.management.DynamicMBean;
import javax.management.JMException;
import javax.management.MBeanInfo;
import javax.management.MBeanServer;
import javax.management.MBeanServerFactory;
import javax.management.ObjectName;
import org.junit.jupiter.api.Test;

class ServerListenersTest {

    @Test
    void wildFlyListenerHasTheThreadsOfItsOwnWorker() throws JMException {
        MBeanServer server = MBeanServerFactory.newMBeanServer();
        register(server, "subsystem=io,worker=default", Map.of("taskMaxThreads", 200));
        register(server, "subsystem=io,worker=small", Map.of("taskMaxThreads", 8));
        register(server, listener("http-listener=plain"), Map.of("maxPostSize", 0L, "worker", "default"));
        register(server, listener("http-listener=inner"), Map.of("maxPostSize", 10L, "worker", "small"));
        register(server, listener("https-listener=safe"), Map.of("maxPostSize", 0L, "worker", "elsewhere"));

        assertThat(ServerListeners.ofWildFly(server))
                .containsExactlyInAnyOrder(
                        new ServerListener("plain", Optional.empty(), Optional.empty(), Optional.of(200)),
                        new ServerListener("inner", Optional.empty(), Optional.of(10L), Optional.of(8)),
                        new ServerListener("safe", Optional.empty(), Optional.empty(), Optional.empty()));
    }

    private static String listener(String name) {
        return "subsystem=undertow,server=default-server," + name;
    }

    private static void register(MBeanServer server, String name, Map<String, Object> attributes) throws JMException {
        DynamicMBean bean = (DynamicMBean) Proxy.newProxyInstance(
                ServerListenersTest.class.getClassLoader(),
                new Class<?>[] {DynamicMBean.class},
                (proxy, method, arguments) -> method.getName().equals("getMBeanInfo")
                        ? new MBeanInfo(DynamicMBean.class.getName(), name, null, null, null, null)
                        : attributes.get((String) arguments[0]));
        server.registerMBean(bean, new ObjectName("jboss.as:" + name));
    }
}
