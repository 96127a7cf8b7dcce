package io.reportfiles.storage.s3;

import java.io.File;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.net.MalformedURLException;
import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Robothy's LocalS3 with class loaders of its own, for it wants other versions of Netty and Jackson than we have. The build
 * writes its class path to a file before the integration tests.
 */
final class RobothyServer implements AutoCloseable {

    private static final Path CLASS_PATH = Path.of("target", "s3-servers.classpath");

    private final URLClassLoader classes;
    private final Object server;
    private final URI endpoint;

    private RobothyServer(URLClassLoader classes) throws ReflectiveOperationException {
        this.classes = classes;
        Object builder = classes.loadClass("com.robothy.s3.rest.LocalS3")
                .getMethod("builder")
                .invoke(null);
        builder.getClass().getMethod("port", int.class).invoke(builder, -1); // a free one
        server = call(builder, "build");
        call(server, "start");
        endpoint = URI.create("http://127.0.0.1:" + call(server, "getPort"));
    }

    /** Starts it on a free port; what it stores is in memory and goes with it. */
    static RobothyServer start() throws IOException {
        List<URL> path = new ArrayList<>();
        for (String entry : Files.readString(CLASS_PATH).split(File.pathSeparator)) {
            path.add(url(entry));
        }
        URLClassLoader classes = new URLClassLoader(path.toArray(URL[]::new), ClassLoader.getPlatformClassLoader());
        try {
            return new RobothyServer(classes);
        } catch (ReflectiveOperationException e) {
            classes.close();
            throw new IOException("LocalS3 did not start", e);
        }
    }

    private static URL url(String entry) throws MalformedURLException {
        return Path.of(entry).toUri().toURL();
    }

    private static Object call(Object target, String method) throws ReflectiveOperationException {
        return target.getClass().getMethod(method).invoke(target);
    }

    URI endpoint() {
        return endpoint;
    }

    @Override
    public void close() throws IOException {
        try (classes) {
            call(server, "shutdown");
        } catch (InvocationTargetException e) {
            throw new IOException("LocalS3 did not stop", e.getCause());
        } catch (ReflectiveOperationException e) {
            throw new IOException("LocalS3 did not stop", e);
        }
    }
}
