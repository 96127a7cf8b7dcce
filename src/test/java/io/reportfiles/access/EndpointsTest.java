package io.reportfiles.access;

import static org.assertj.core.api.Assertions.assertThat;

import io.reportfiles.access.Endpoints.Endpoint;
import jakarta.servlet.annotation.WebServlet;
import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.Path;
import java.io.File;
import java.io.IOException;
import java.lang.reflect.Method;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** That the table of endpoints is whole: who adds an endpoint has to say whom it answers. */
class EndpointsTest {

    @Test
    void everyMethodOfAResourceHasItsRow() throws Exception {
        assertThat(Endpoints.ALL.stream()
                        .filter(endpoint -> endpoint.path().startsWith("/api/"))
                        .map(Endpoint::toString))
                .containsExactlyInAnyOrderElementsOf(classes()
                        .filter(type -> type.isAnnotationPresent(Path.class))
                        .flatMap(EndpointsTest::methods)
                        .toList());
    }

    @Test
    void everyMappingOfAServletHasItsRow() throws Exception {
        assertThat(Endpoints.ALL.stream()
                        .map(Endpoint::path)
                        .filter(path -> !path.startsWith("/api/"))
                        .distinct())
                .containsExactlyInAnyOrderElementsOf(classes()
                        .flatMap(type -> Optional.ofNullable(type.getAnnotation(WebServlet.class)).stream())
                        .flatMap(servlet -> Stream.of(servlet.value(), servlet.urlPatterns())
                                .flatMap(Arrays::stream))
                        .toList());
    }

    private static Stream<String> methods(Class<?> resource) {
        return Arrays.stream(resource.getMethods())
                .flatMap(method -> httpMethod(method)
                        .map(name -> name + " "
                                + path("/api", resource.getAnnotation(Path.class), method.getAnnotation(Path.class)))
                        .stream());
    }

    private static Optional<String> httpMethod(Method method) {
        return Arrays.stream(method.getAnnotations())
                .flatMap(annotation ->
                        Optional.ofNullable(annotation.annotationType().getAnnotation(HttpMethod.class)).stream())
                .map(HttpMethod::value)
                .findFirst();
    }

    private static String path(String root, Path... parts) {
        StringBuilder path = new StringBuilder(root);
        for (Path part : parts) {
            if (part != null && !part.value().equals("/")) {
                path.append('/').append(part.value());
            }
        }
        return path.toString();
    }

    /** The classes of the application, without running any of their code. */
    private static Stream<Class<?>> classes() throws IOException, URISyntaxException {
        URI root = AccessPolicy.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .toURI();
        java.nio.file.Path directory = java.nio.file.Path.of(root);
        try (Stream<java.nio.file.Path> files = Files.walk(directory)) {
            List<String> names = files.map(directory::relativize)
                    .map(java.nio.file.Path::toString)
                    .filter(name -> name.endsWith(".class") && name.startsWith("io"))
                    .map(name -> name.replace(File.separatorChar, '.').replaceAll("\\.class$", ""))
                    .toList();
            return names.stream().map(EndpointsTest::load);
        }
    }

    private static Class<?> load(String name) {
        try {
            return Class.forName(name, false, EndpointsTest.class.getClassLoader());
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException(e);
        }
    }
}
