package io.reportfiles.web;

import io.reportfiles.config.AddressRange.Address;
import io.reportfiles.config.HttpSettings;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A request that came through a reverse proxy, as its client sent it: with the client's address and scheme. Anybody can
 * write {@code X-Forwarded-*}, so only what a configured proxy has written counts.
 */
public final class ForwardedRequest extends HttpServletRequestWrapper {

    private final String remoteAddress;
    private final String scheme;

    private ForwardedRequest(HttpServletRequest request, String remoteAddress, String scheme) {
        super(request);
        this.remoteAddress = remoteAddress;
        this.scheme = scheme;
    }

    /** {@code request} as the client sent it; itself if no proxy that is believed has passed it on. */
    public static HttpServletRequest of(HttpServletRequest request, HttpSettings settings) {
        Optional<Address> peer = Address.parse(request.getRemoteAddr()).filter(settings::isProxy);
        if (peer.isEmpty() || request instanceof ForwardedRequest) {
            return request;
        }
        return new ForwardedRequest(
                request,
                client(peer.get(), list(request, "X-Forwarded-For"), settings).toString(),
                lastOf(list(request, "X-Forwarded-Proto"))
                        .filter(List.of("http", "https")::contains)
                        .orElse(request.getScheme()));
    }

    /** Each proxy adds at the end whom it talked to; so the first from the end that is no proxy of ours is the client. */
    private static Address client(Address peer, List<String> forwardedFor, HttpSettings settings) {
        Address client = peer;
        for (int i = forwardedFor.size() - 1; i >= 0 && settings.isProxy(client); i--) {
            Optional<Address> next = Address.parse(forwardedFor.get(i));
            if (next.isEmpty()) {
                return client;
            }
            client = next.get();
        }
        return client;
    }

    private static List<String> list(HttpServletRequest request, String name) {
        return Collections.list(request.getHeaders(name)).stream()
                .flatMap(value -> Stream.of(value.split(",")))
                .map(String::strip)
                .toList();
    }

    private static Optional<String> lastOf(List<String> values) {
        return values.isEmpty() ? Optional.empty() : Optional.of(values.get(values.size() - 1));
    }

    @Override
    public String getRemoteAddr() {
        return remoteAddress;
    }

    @Override
    public String getRemoteHost() {
        return remoteAddress;
    }

    @Override
    public String getScheme() {
        return scheme;
    }

    @Override
    public boolean isSecure() {
        return scheme.equals("https");
    }

    /** As the client wrote it, since links are made of it: the host is what a proxy passes on, with its port if any. */
    @Override
    public StringBuffer getRequestURL() {
        String host = Optional.ofNullable(getHeader("Host")).orElseGet(this::getServerName); // HTTP/2 needs no Host
        return new StringBuffer(scheme).append("://").append(host).append(getRequestURI());
    }
}
