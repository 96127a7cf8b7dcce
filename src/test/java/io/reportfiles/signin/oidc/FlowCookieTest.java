package io.reportfiles.signin.oidc;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.servlet.ServletContext;
import jakarta.servlet.SessionCookieConfig;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.lang.reflect.Proxy;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class FlowCookieTest {

    @Test
    void isSecureWhenTheRequestIsOrTheSessionCookieHasToBe() {
        assertThat(cookie(false, false)).endsWith("; Path=/reports/login/oidc; Max-Age=600; HttpOnly; SameSite=Lax");
        assertThat(cookie(true, false)).endsWith("; Secure");
        assertThat(cookie(false, true)).endsWith("; Secure");
    }

    private static String cookie(boolean requestIsSecure, boolean sessionIsSecure) {
        SessionCookieConfig session = answering(SessionCookieConfig.class, Map.of("isSecure", sessionIsSecure));
        ServletContext context = answering(ServletContext.class, Map.of("getSessionCookieConfig", session));
        HttpServletRequest request = answering(
                HttpServletRequest.class,
                Map.of("isSecure", requestIsSecure, "getContextPath", "/reports", "getServletContext", context));
        List<String> cookies = new ArrayList<>();
        HttpServletResponse response = (HttpServletResponse) Proxy.newProxyInstance(
                FlowCookieTest.class.getClassLoader(),
                new Class<?>[] {HttpServletResponse.class},
                (proxy, method, arguments) -> {
                    assertThat(method.getName()).isEqualTo("addHeader");
                    cookies.add((String) arguments[1]);
                    return null;
                });
        FlowCookie.set(request, response, Flow.begin(new SecureRandom(), ""));
        assertThat(cookies).hasSize(1);
        return cookies.get(0);
    }

    private static <T> T answering(Class<T> type, Map<String, Object> answers) {
        return type.cast(Proxy.newProxyInstance(
                FlowCookieTest.class.getClassLoader(), new Class<?>[] {type}, (proxy, method, arguments) -> {
                    assertThat(answers).containsKey(method.getName());
                    return answers.get(method.getName());
                }));
    }
}
