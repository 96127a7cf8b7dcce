package io.reportfiles.operations;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Has something done when the process is told to end, before anybody else hears of it: the JVM's shutdown hooks run all at
 * the same time, those of the application server among them, so by then requests are being torn off. By reflection, since
 * the compiler refuses {@code sun.misc.Signal}, which the module {@code jdk.unsupported} exports for such uses.
 */
final class TerminationSignals implements AutoCloseable {

    private static final Logger LOG = System.getLogger(TerminationSignals.class.getName());
    private static final List<String> NAMES = List.of("TERM", "INT");

    private final ClassLoader application = Thread.currentThread().getContextClassLoader();
    private final Map<Object, Object> before = new HashMap<>();
    private final Class<?> signalType;
    private final Class<?> handlerType;

    private TerminationSignals() throws ReflectiveOperationException {
        ClassLoader platform = ClassLoader.getPlatformClassLoader();
        signalType = Class.forName("sun.misc.Signal", true, platform);
        handlerType = Class.forName("sun.misc.SignalHandler", true, platform);
    }

    /**
     * Runs {@code first} when the process is told to end, and then what would have run without it. Where the JVM leaves
     * signals to somebody else nothing changes.
     */
    static TerminationSignals doing(Runnable first) {
        try {
            TerminationSignals signals = new TerminationSignals();
            for (String name : NAMES) {
                signals.handle(name, first);
            }
            return signals;
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e); // every JDK has them
        }
    }

    private void handle(String name, Runnable first) throws ReflectiveOperationException {
        Object signal = signalType.getConstructor(String.class).newInstance(name);
        Object ours = Proxy.newProxyInstance(
                handlerType.getClassLoader(),
                new Class<?>[] {handlerType},
                (proxy, method, arguments) -> switch (method.getName()) {
                    case "handle" -> {
                        run(first);
                        goOn(signal);
                        yield null;
                    }
                    case "equals" -> proxy == arguments[0];
                    case "hashCode" -> System.identityHashCode(proxy);
                    default -> "termination signals of Report Files";
                });
        try {
            before.put(
                    signal,
                    signalType.getMethod("handle", signalType, handlerType).invoke(null, signal, ours));
        } catch (InvocationTargetException e) { // -Xrs
            LOG.log(
                    Level.INFO,
                    "signal {0} is handled elsewhere: {1}",
                    name,
                    e.getCause().getMessage());
        }
    }

    private void run(Runnable first) {
        try {
            Thread.currentThread().setContextClassLoader(application); // the JVM's thread has none
            first.run();
        } catch (RuntimeException | Error e) { // the process is to end all the same
            LOG.log(Level.WARNING, "could not wait for what is under way", e);
        }
    }

    private void goOn(Object signal) throws ReflectiveOperationException {
        handlerType.getMethod("handle", signalType).invoke(before.get(signal), signal);
    }

    /** Leaves signals to those who had them before. */
    @Override
    public void close() {
        before.forEach((signal, handler) -> {
            try {
                signalType.getMethod("handle", signalType, handlerType).invoke(null, signal, handler);
            } catch (ReflectiveOperationException e) {
                LOG.log(Level.DEBUG, "signal {0} stays with us", signal, e);
            }
        });
    }
}
