package io.reportfiles.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.reportfiles.config.HttpSettings;
import io.reportfiles.config.TestSettings;
import jakarta.servlet.http.HttpServletRequest;
import java.lang.reflect.Proxy;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ForwardedRequestTest {

    private static final HttpSettings PROXIES =
            TestSettings.http(Map.of("reportfiles.http.proxies", "10.0.0.1, 10.2.0.0/16, fd00::/8"));

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            delimiter = '|',
            value = {
                // peer | X-Forwarded-For | client
                "10.0.0.1 | 192.0.2.7 | 192.0.2.7",
                "10.0.0.1 | 203.0.113.9, 192.0.2.7 | 192.0.2.7",
                "10.0.0.1 | 192.0.2.7, 10.2.3.4 | 192.0.2.7",
                "10.0.0.1 | 192.0.2.7, 10.3.3.4 | 10.3.3.4",
                "10.0.0.1 | 10.2.3.4 | 10.2.3.4",
                "10.0.0.1 | nonsense | 10.0.0.1",
                "10.0.0.1 | 192.0.2.7, localhost | 10.0.0.1",
                "10.0.0.1 | 192.0.2.7, 999.1.1.1 | 10.0.0.1", // a name, as far as a resolver is concerned
                "10.0.0.1 | 192.0.2.7, 192.0.2.256 | 10.0.0.1",
                "10.0.0.1 | 255.249.199.99 | 255.249.199.99",
                "10.0.0.1 | - | 10.0.0.1",
                "fd12::1 | 2001:db8::7 | 2001:db8:0:0:0:0:0:7",
                "10.0.0.2 | 192.0.2.7 | 10.0.0.2",
                "192.0.2.9 | 10.0.0.1 | 192.0.2.9"
            })
    void clientIsTheLastOneThatIsNoProxy(String peer, String forwardedFor, String client) {
        Map<String, List<String>> headers =
                forwardedFor == null ? Map.of() : Map.of("X-Forwarded-For", List.of(forwardedFor));

        assertThat(seen(peer, headers).getRemoteAddr()).isEqualTo(client);
    }

    @Test
    void fieldsInSeveralLinesAreOneList() {
        assertThat(seen("10.0.0.1", Map.of("X-Forwarded-For", List.of("203.0.113.9", "192.0.2.7, 10.2.0.1")))
                        .getRemoteAddr())
                .isEqualTo("192.0.2.7");
    }

    @ParameterizedTest
    @CsvSource({
        "10.0.0.1, https, https",
        "10.0.0.1, http, http",
        "10.0.0.1, gopher, http",
        "192.0.2.9, https, http",
    })
    void schemeIsBelievedFromProxiesOnly(String peer, String forwardedProto, String scheme) {
        HttpServletRequest request = seen(peer, Map.of("X-Forwarded-Proto", List.of(forwardedProto)));

        assertThat(request.getScheme()).isEqualTo(scheme);
        assertThat(request.isSecure()).isEqualTo(scheme.equals("https"));
    }

    @ParameterizedTest
    @CsvSource({
        "https, reports.example, https://reports.example/files/1",
        "https, reports.example:8443, https://reports.example:8443/files/1",
        "http, reports.example, http://reports.example/files/1",
    })
    void addressIsTheOneThatTheClientAskedFor(String forwardedProto, String host, String address) {
        HttpServletRequest request =
                seen("10.0.0.1", Map.of("X-Forwarded-Proto", List.of(forwardedProto), "Host", List.of(host)));

        assertThat(request.getRequestURL()).hasToString(address);
    }

    private static HttpServletRequest seen(String peer, Map<String, List<String>> headers) {
        HttpServletRequest request = (HttpServletRequest) Proxy.newProxyInstance(
                ForwardedRequestTest.class.getClassLoader(),
                new Class<?>[] {HttpServletRequest.class},
                (proxy, method, arguments) -> switch (method.getName()) {
                    case "getRemoteAddr" -> peer;
                    case "getScheme" -> "http";
                    case "isSecure" -> false;
                    case "getRequestURI" -> "/files/1";
                    case "getHeader" ->
                        headers.getOrDefault((String) arguments[0], List.of()).stream()
                                .findFirst()
                                .orElse(null);
                    case "getHeaders" ->
                        Collections.enumeration(headers.getOrDefault((String) arguments[0], List.of()));
                    default -> throw new UnsupportedOperationException(method.getName());
                });
        return ForwardedRequest.of(request, PROXIES);
    }
}
