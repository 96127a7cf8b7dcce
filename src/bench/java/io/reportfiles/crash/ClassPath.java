package io.reportfiles.crash;

import java.io.File;
import java.net.URISyntaxException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** What this process runs on, for a child that shall run on the same. */
final class ClassPath {

    private ClassPath() {}

    static String get() {
        if (!(ClassPath.class.getClassLoader() instanceof URLClassLoader loader)) {
            return System.getProperty("java.class.path");
        }
        List<String> paths = new ArrayList<>(); // inside Maven
        for (URL url : loader.getURLs()) {
            try {
                paths.add(Path.of(url.toURI()).toString());
            } catch (URISyntaxException e) {
                throw new IllegalStateException(e);
            }
        }
        return String.join(File.pathSeparator, paths);
    }
}
