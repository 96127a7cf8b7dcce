package io.reportfiles.signin.oidc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.reportfiles.config.TestSettings;
import io.reportfiles.server.IdentityProvider;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.security.SecureRandom;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ProviderTest {

    private static final String REDIRECT = "http://127.0.0.1:1/login/oidc/callback";

    private final Flow flow = Flow.begin(new SecureRandom(), "/files/1");

    private IdentityProvider remote;
    private Provider provider;

    @BeforeEach
    void start() throws IOException {
        remote = IdentityProvider.start();
        remote.signsIn(Json.createObjectBuilder().add("sub", "anna-id").build());
        provider = new Provider(TestSettings.oidc(Map.of(
                "reportfiles.oidc.issuer",
                remote.issuer().toString(),
                "reportfiles.oidc.client-secret",
                IdentityProvider.SECRET)));
    }

    @AfterEach
    void stop() {
        remote.close();
    }

    private String code() throws IOException, InterruptedException {
        HttpResponse<Void> sent = HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(provider.signInAddress(flow, REDIRECT))
                                .build(),
                        BodyHandlers.discarding());
        String location = sent.headers().firstValue("Location").orElseThrow();
        assertThat(location).startsWith(REDIRECT + "?").contains("state=" + flow.state());
        return location.replaceAll(".*code=([^&]*).*", "$1");
    }

    private Optional<Provider.Identified> identified() throws IOException, InterruptedException {
        return provider.identify(flow, code(), REDIRECT);
    }

    private void falsify(String claim, JsonValue value) {
        falsify(
                same -> same,
                claims -> Json.createObjectBuilder(claims).add(claim, value).build());
    }

    private void falsify(UnaryOperator<JsonObject> header, UnaryOperator<JsonObject> claims) {
        remote.falsify(header, claims, remote.keys());
    }

    @Test
    void tellsWhoHasSignedIn() throws Exception {
        assertThat(identified()).get().satisfies(identified -> {
            assertThat(identified.claims().getSubject()).isEqualTo("anna-id");
            assertThat(identified.toString()).doesNotContain(identified.idToken());
        });
    }

    @Test
    void codeWorksOnceAndOnlyForThisSignIn() throws Exception {
        String code = code();
        Flow other = Flow.begin(new SecureRandom(), "");

        assertThat(provider.identify(other, code, REDIRECT))
                .as("without the verifier")
                .isEmpty();
        assertThat(provider.identify(flow, code, REDIRECT)).as("a second time").isEmpty();
        assertThat(provider.identify(flow, "invented", REDIRECT)).isEmpty();
    }

    @Test
    void tokensThatAreNotForUsOrNotForNowAreNotBelieved() throws Exception {
        Map<String, JsonValue> wrong = new HashMap<>();
        wrong.put("iss", Json.createValue("http://elsewhere.example"));
        wrong.put("aud", Json.createValue("another application"));
        wrong.put("nonce", Json.createValue("of another sign-in"));
        wrong.put("exp", Json.createValue(1_000_000_000));
        wrong.put("azp", Json.createValue("another application"));
        for (Map.Entry<String, JsonValue> claim : wrong.entrySet()) {
            falsify(claim.getKey(), claim.getValue());
            assertThat(identified()).as("%s", claim).isEmpty();
        }
        falsify(
                "aud",
                Json.createArrayBuilder().add("report-files").add("another").build());
        assertThat(identified())
                .as("an audience of two, and nothing says for whom")
                .isEmpty();
        for (String claim : new String[] {"sub", "exp", "iat", "nonce"}) {
            falsify(
                    same -> same,
                    claims -> Json.createObjectBuilder(claims).remove(claim).build());
            assertThat(identified()).as("without %s", claim).isEmpty();
        }
    }

    @Test
    void tokensThatTheProviderDidNotSignAreNotBelieved() throws Exception {
        remote.falsify(same -> same, same -> same, IdentityProvider.newKeys());
        assertThat(identified()).as("another key").isEmpty();
        for (String algorithm : new String[] {"none", "HS256", "RS512"}) {
            falsify(
                    header -> Json.createObjectBuilder(header)
                            .add("alg", algorithm)
                            .build(),
                    same -> same);
            assertThat(identified()).as(algorithm).isEmpty();
        }
        falsify(header -> Json.createObjectBuilder(header).add("kid", "unknown").build(), same -> same);
        assertThat(identified()).as("an unknown key").isEmpty();
    }

    @Test
    void providerThatIsAwayOrAnotherOneIsOfNoUse() {
        URI alias = URI.create(remote.issuer().toString().replace("127.0.0.1", "localhost"));
        Provider another = new Provider(TestSettings.oidc(Map.of("reportfiles.oidc.issuer", alias.toString())));
        assertThatThrownBy(() -> another.signInAddress(flow, REDIRECT))
                .isInstanceOf(ProviderException.class)
                .hasMessageContaining("calls itself");

        remote.close();
        assertThatThrownBy(() -> provider.signInAddress(flow, REDIRECT)).isInstanceOf(ProviderException.class);
    }
}
