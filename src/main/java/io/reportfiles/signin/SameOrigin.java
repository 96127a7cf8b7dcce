package io.reportfiles.signin;

import jakarta.servlet.http.HttpServletRequest;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * Whether a request was made by a page of this application. A session cookie says who signed in, not who wrote the
 * request: another site can make the browser send it, as it can a name and password that the browser remembers.
 * {@code SameSite=Lax} stops most of that, but counts every other host of the same domain as a friend, which on an
 * intranet is every other application. Browsers tell the truth in {@code Sec-Fetch-Site}, and where they omit it (plain
 * HTTP) in {@code Origin}; pages can set neither. So no token has to be kept, on whichever node a request arrives.
 */
enum SameOrigin {
    /** A page of this application made the request. */
    YES,
    /** Some other page made it. */
    NO,
    /** No browser says anything; a current browser would have, for anything but GET and HEAD. */
    UNKNOWN;

    private static final Set<String> SAFE_METHODS = Set.of("GET", "HEAD", "OPTIONS");

    /** Whether a method changes nothing (RFC 9110 §9.2.1), so that it needs no protection. */
    static boolean isSafe(String method) {
        return SAFE_METHODS.contains(method);
    }

    /** Judges a request. */
    static SameOrigin of(HttpServletRequest request) {
        return of(header(request, "Sec-Fetch-Site"), header(request, "Origin"), header(request, "Host"));
    }

    /**
     * Judges a request by its headers.
     *
     * @param fetchSite {@code Sec-Fetch-Site}
     * @param origin {@code Origin}
     * @param host {@code Host}: what the browser believes it talks to, unlike the scheme a proxy hides from us
     */
    static SameOrigin of(Optional<String> fetchSite, Optional<String> origin, Optional<String> host) {
        if (fetchSite.isPresent()) {
            return fetchSite.get().equals("same-origin") ? YES : NO;
        }
        if (origin.isEmpty()) {
            return UNKNOWN;
        }
        return host.isPresent()
                        && authority(origin.get()).equals(Optional.of(withoutDefaultPort(origin.get(), host.get())))
                ? YES
                : NO;
    }

    private static Optional<String> header(HttpServletRequest request, String name) {
        return Optional.ofNullable(request.getHeader(name));
    }

    private static Optional<String> authority(String origin) {
        try {
            URI uri = new URI(origin);
            return Optional.ofNullable(uri.getRawAuthority())
                    .filter(authority -> uri.getRawUserInfo() == null)
                    .map(authority -> withoutDefaultPort(origin, authority));
        } catch (URISyntaxException notAnOrigin) {
            return Optional.empty(); // includes "null", the origin of sandboxed pages
        }
    }

    private static String withoutDefaultPort(String origin, String authority) {
        String port = origin.regionMatches(true, 0, "https:", 0, 6) ? ":443" : ":80";
        String lower = authority.toLowerCase(Locale.ROOT);
        return lower.endsWith(port) ? lower.substring(0, lower.length() - port.length()) : lower;
    }
}
