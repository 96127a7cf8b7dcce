package io.reportfiles.account;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.reportfiles.web.ProblemException;
import io.reportfiles.web.ProblemType;
import jakarta.servlet.http.HttpServletRequest;
import java.lang.reflect.Proxy;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LoginServletTest {

    @Test
    void formOfUsualLengthIsRead() {
        for (long length : new long[] {0, 100, 16_384}) {
            assertThatCode(() -> LoginServlet.requireShort(request(length, Map.of())))
                    .doesNotThrowAnyException();
        }
    }

    @Test
    void formWithoutLengthIsRefused() {
        assertRefused(request(-1, Map.of()), ProblemType.LENGTH_REQUIRED);
        assertRefused(request(10, Map.of("Transfer-Encoding", "chunked")), ProblemType.LENGTH_REQUIRED);
    }

    @Test
    void longFormIsRefused() {
        assertRefused(request(16_385, Map.of()), ProblemType.CONTENT_TOO_LARGE);
        assertRefused(request(Long.MAX_VALUE, Map.of()), ProblemType.CONTENT_TOO_LARGE);
    }

    private static void assertRefused(HttpServletRequest request, ProblemType type) {
        assertThatThrownBy(() -> LoginServlet.requireShort(request))
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        refused -> assertThat(refused.type()).isEqualTo(type));
    }

    /** A request whose body nobody may touch. */
    private static HttpServletRequest request(long length, Map<String, String> headers) {
        return (HttpServletRequest) Proxy.newProxyInstance(
                LoginServletTest.class.getClassLoader(),
                new Class<?>[] {HttpServletRequest.class},
                (proxy, method, arguments) -> switch (method.getName()) {
                    case "getContentLengthLong" -> length;
                    case "getHeader" -> headers.get((String) arguments[0]);
                    default -> throw new UnsupportedOperationException(method.getName());
                });
    }
}
