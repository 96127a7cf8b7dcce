package io.reportfiles.dev;

import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.util.Arrays;

/**
 * The main class of a child process that must not outlive its parent: it runs another main class, and ends when its
 * standard input does, which is when the parent has gone, however that went. It depends on no other class, since it is
 * all that the child sees of this project.
 */
public final class Attached {
    private Attached() {}

    /**
     * Runs the other class.
     *
     * @param arguments the name of the class to run, then its arguments
     */
    public static void main(String[] arguments) throws ReflectiveOperationException {
        Thread watch = new Thread(Attached::awaitParentsEnd, "parent");
        watch.setDaemon(true);
        watch.start();
        try {
            Class.forName(arguments[0]).getMethod("main", String[].class).invoke(null, (Object)
                    Arrays.copyOfRange(arguments, 1, arguments.length));
        } catch (InvocationTargetException e) {
            throw new IllegalStateException(e.getCause());
        }
    }

    private static void awaitParentsEnd() {
        try {
            while (System.in.read() >= 0) {
                // nothing is said this way
            }
        } catch (IOException e) {
            // as good as the end
        }
        Runtime.getRuntime().exit(0);
    }
}
