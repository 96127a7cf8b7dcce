package io.reportfiles.signin;

import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The short list of what anybody may fetch without signing in. Everything else is denied to strangers. Credentials sent
 * with these requests are not looked at, so that a probe or a stylesheet costs no database work.
 */
final class PublicPaths {

    private static final Set<String> PATHS =
            Set.of("/login", "/login/oidc", "/login/oidc/callback", "/logout", "/favicon.ico", "/robots.txt");
    private static final List<String> FOLDERS = List.of("/assets/", "/health/");

    private PublicPaths() {}

    /** The path that the container dispatches on: decoded, normalised, without context and path parameters. */
    static String pathOf(HttpServletRequest request) {
        return request.getServletPath()
                + Optional.ofNullable(request.getPathInfo()).orElse("");
    }

    /**
     * Whether strangers may ask for it.
     *
     * @param path as {@link #pathOf} gives it
     */
    static boolean contains(String path) {
        return PATHS.contains(path)
                || (FOLDERS.stream().anyMatch(path::startsWith) && !path.contains("/../") && !path.endsWith("/.."));
    }
}
