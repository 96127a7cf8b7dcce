package io.reportfiles.signin.oidc;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.jwk.source.JWKSourceBuilder;
import com.nimbusds.jose.proc.BadJOSEException;
import com.nimbusds.jose.proc.JWSVerificationKeySelector;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jose.util.DefaultResourceRetriever;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.proc.DefaultJWTClaimsVerifier;
import com.nimbusds.jwt.proc.DefaultJWTProcessor;
import io.reportfiles.config.OidcSettings;
import io.reportfiles.config.Secret;
import io.reportfiles.signin.oidc.ProviderClient.Answer;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.json.JsonObject;
import java.net.MalformedURLException;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.text.ParseException;
import java.time.Duration;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The configured identity provider. What it says about itself and its keys are asked for when they are first needed, so
 * that the application starts without it. Safe for any number of threads.
 */
@ApplicationScoped
public class Provider {

    private static final int TIMEOUT_MILLIS =
            Math.toIntExact(Duration.ofSeconds(5).toMillis());
    private static final int MAX_KEY_BYTES = 1 << 20;

    /** Signatures with the provider's private key. Not {@code none}, and not those with a secret that both sides know. */
    private static final Set<JWSAlgorithm> ALGORITHMS = Set.of(
            JWSAlgorithm.RS256,
            JWSAlgorithm.RS384,
            JWSAlgorithm.RS512,
            JWSAlgorithm.PS256,
            JWSAlgorithm.PS384,
            JWSAlgorithm.PS512,
            JWSAlgorithm.ES256,
            JWSAlgorithm.ES384,
            JWSAlgorithm.ES512);

    private OidcSettings settings;
    private volatile Optional<Known> known = Optional.empty();

    /** For the client proxy. */
    protected Provider() {}

    /** Asks nobody anything yet. */
    @Inject
    public Provider(OidcSettings settings) {
        this.settings = settings;
    }

    private record Known(ProviderMetadata metadata, JWKSource<SecurityContext> keys) {}

    /**
     * What a sign-in yielded.
     *
     * @param claims those of the ID token, verified
     * @param idToken its text, by which the provider knows whom to sign out
     */
    record Identified(JWTClaimsSet claims, String idToken) {
        @Override
        public String toString() {
            return "Identified[" + claims.getSubject() + "]";
        }
    }

    /** Where to send the browser to sign in (OpenID Connect Core 1.0 §3.1.2.1). */
    URI signInAddress(Flow flow, String redirectUri) {
        Map<String, String> query = new LinkedHashMap<>();
        query.put("response_type", "code");
        query.put("client_id", settings.clientId());
        query.put("redirect_uri", redirectUri);
        query.put("scope", settings.scopes());
        query.put("state", flow.state());
        query.put("nonce", flow.nonce());
        query.put("code_challenge", flow.challenge());
        query.put("code_challenge_method", "S256");
        return withQuery(known().metadata().authorization(), query);
    }

    /** Where to send the browser to sign out there (OpenID Connect RP-Initiated Logout 1.0 §2); empty if nowhere. */
    Optional<URI> signOutAddress(String idToken, String afterwards) {
        return known().metadata()
                .endSession()
                .map(address -> withQuery(
                        address,
                        Map.of(
                                "client_id", settings.clientId(),
                                "id_token_hint", idToken,
                                "post_logout_redirect_uri", afterwards)));
    }

    /**
     * Exchanges a code for who has signed in.
     *
     * @return empty if the provider refuses the code, or the token is not for us and this sign-in
     * @throws ProviderException if the provider can't be asked
     */
    Optional<Identified> identify(Flow flow, String code, String redirectUri) {
        Map<String, String> form = new LinkedHashMap<>();
        form.put("grant_type", "authorization_code");
        form.put("code", code);
        form.put("redirect_uri", redirectUri);
        form.put("code_verifier", flow.verifier());
        Map<String, String> headers = settings.clientSecret().map(this::basic).orElse(Map.of());
        if (headers.isEmpty()) {
            form.put("client_id", settings.clientId());
        }
        Answer answer = ProviderClient.post(known().metadata().token(), form, headers);
        String idToken = answer.json().getString("id_token", "");
        return answer.ok() && !idToken.isEmpty() ? verify(idToken, flow.nonce()) : Optional.empty();
    }

    /** Believes a token (OpenID Connect Core 1.0 §3.1.3.7) or not. */
    private Optional<Identified> verify(String idToken, String nonce) {
        DefaultJWTProcessor<SecurityContext> processor = new DefaultJWTProcessor<>();
        processor.setJWSKeySelector(new JWSVerificationKeySelector<>(ALGORITHMS, known().keys()));
        processor.setJWTClaimsSetVerifier(new DefaultJWTClaimsVerifier<>(
                settings.clientId(),
                new JWTClaimsSet.Builder()
                        .issuer(issuer().toString())
                        .claim("nonce", nonce)
                        .build(),
                Set.of("sub", "exp", "iat")));
        try {
            JWTClaimsSet claims = processor.process(idToken, null);
            Object party = claims.getClaim("azp");
            boolean forUs = party == null ? claims.getAudience().size() == 1 : party.equals(settings.clientId());
            return forUs ? Optional.of(new Identified(claims, idToken)) : Optional.empty();
        } catch (ParseException | BadJOSEException refused) {
            return Optional.empty();
        } catch (JOSEException e) {
            throw new ProviderException("its keys can't be used", e);
        }
    }

    /** Client authentication by HTTP Basic, each part encoded as in a form (RFC 6749 §2.3.1). */
    private Map<String, String> basic(Secret secret) {
        String pair = encode(settings.clientId()) + ":" + encode(secret.value());
        return Map.of(
                "Authorization",
                "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.US_ASCII)));
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    private URI issuer() {
        return settings.issuer().orElseThrow();
    }

    /** Asks once; what failed is asked for again with the next sign-in. */
    private Known known() {
        Optional<Known> before = known;
        if (before.isPresent()) {
            return before.get();
        }
        URI document = URI.create(issuer().toString().replaceAll("/$", "") + "/.well-known/openid-configuration");
        Answer answer = ProviderClient.get(document);
        if (!answer.ok()) {
            throw new ProviderException("there is no description of it at " + document);
        }
        Known found = know(answer.json());
        known = Optional.of(found);
        return found;
    }

    private Known know(JsonObject document) {
        ProviderMetadata metadata = ProviderMetadata.of(document, issuer());
        try {
            // Keeps keys for some minutes, asks again for an unknown one, but not as often as anybody sends such
            // tokens.
            return new Known(
                    metadata,
                    JWKSourceBuilder.create(
                                    metadata.keys().toURL(),
                                    new DefaultResourceRetriever(TIMEOUT_MILLIS, TIMEOUT_MILLIS, MAX_KEY_BYTES))
                            .retrying(true)
                            .build());
        } catch (MalformedURLException e) {
            throw new ProviderException("its keys have no address", e);
        }
    }

    private static URI withQuery(URI address, Map<String, String> query) {
        return URI.create(address + (address.getRawQuery() == null ? "?" : "&") + ProviderClient.encode(query));
    }
}
