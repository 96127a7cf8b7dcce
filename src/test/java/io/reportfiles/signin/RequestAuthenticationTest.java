package io.reportfiles.signin;

import static org.assertj.core.api.Assertions.assertThat;

import io.reportfiles.signin.Identification.Refused;
import io.reportfiles.web.problem.ProblemException;
import io.reportfiles.web.problem.ProblemType;
import jakarta.security.enterprise.identitystore.CredentialValidationResult;
import jakarta.servlet.http.HttpServletRequest;
import java.lang.reflect.Proxy;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** No credentials are right here: what is not taken for forged is answered as unauthenticated. */
class RequestAuthenticationTest {

    private static final String BASIC = "Basic YTpi";
    private static final String BEARER = "Bearer rf_x";

    private final RequestAuthentication authentication =
            new RequestAuthentication(credential -> CredentialValidationResult.INVALID_RESULT, new SignIn());

    @ParameterizedTest
    @CsvSource({
        "POST, Sec-Fetch-Site, cross-site",
        "PUT, Sec-Fetch-Site, same-site",
        "DELETE, Origin, http://elsewhere.example",
        "POST, Origin, null"
    })
    void changeFromAnotherSiteWithARememberedPasswordIsForged(String method, String header, String value) {
        assertThat(refusal(method, BASIC, Map.of(header, value))).isEqualTo(ProblemType.FORBIDDEN);
    }

    @ParameterizedTest
    @CsvSource({
        "GET, Sec-Fetch-Site, cross-site",
        "HEAD, Origin, http://elsewhere.example",
        "POST, Sec-Fetch-Site, same-origin",
        "POST, Origin, http://files.example"
    })
    void otherRequestsWithAPasswordAreJudgedByIt(String method, String header, String value) {
        assertThat(refusal(method, BASIC, Map.of(header, value))).isEqualTo(ProblemType.UNAUTHENTICATED);
    }

    @Test
    void scriptThatNamesNoOriginIsJudgedByItsPassword() {
        assertThat(refusal("POST", BASIC, Map.of())).isEqualTo(ProblemType.UNAUTHENTICATED);
    }

    @Test
    void tokenIsAskedForNoOrigin() {
        assertThat(refusal("POST", BEARER, Map.of("Sec-Fetch-Site", "cross-site")))
                .isEqualTo(ProblemType.UNAUTHENTICATED);
    }

    private ProblemType refusal(String method, String authorization, Map<String, String> headers) {
        Map<String, String> all = new HashMap<>(headers);
        all.put("Host", "files.example");
        all.put("Authorization", authorization);
        Map<String, Object> attributes = new HashMap<>();
        HttpServletRequest request = fake(HttpServletRequest.class, (name, arguments) -> switch (name) {
            case "getMethod" -> method;
            case "getRemoteAddr" -> "192.0.2.1";
            case "getServletPath" -> "/api";
            case "getPathInfo" -> "/me";
            case "getHeader" -> all.get((String) arguments[0]);
            case "getHeaders" -> Collections.enumeration(List.of(all.get((String) arguments[0])));
            case "getAttribute" -> attributes.get((String) arguments[0]);
            case "setAttribute" -> attributes.put((String) arguments[0], arguments[1]);
            default -> throw new UnsupportedOperationException(name);
        });
        return ((ProblemException) ((Refused) authentication.identify(request)).reason()).type();
    }

    private interface Answers {
        Object to(String method, Object[] arguments);
    }

    private static <T> T fake(Class<T> type, Answers answers) {
        return type.cast(Proxy.newProxyInstance(
                type.getClassLoader(),
                new Class<?>[] {type},
                (proxy, method, arguments) -> answers.to(method.getName(), arguments)));
    }
}
