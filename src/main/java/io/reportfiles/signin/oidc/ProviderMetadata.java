package io.reportfiles.signin.oidc;

import jakarta.json.JsonObject;
import java.net.URI;
import java.util.Optional;

/**
 * What a provider says about itself (OpenID Connect Discovery 1.0 §3).
 *
 * @param authorization where browsers are sent to
 * @param token where codes are exchanged
 * @param keys where its keys are
 * @param endSession where browsers are sent to sign out there, too
 */
record ProviderMetadata(URI authorization, URI token, URI keys, Optional<URI> endSession) {

    /**
     * Reads a discovery document.
     *
     * @throws ProviderException if it is not that of {@code issuer}, or lacks something
     */
    static ProviderMetadata of(JsonObject document, URI issuer) {
        // Exactly, or one provider could speak for another.
        if (!issuer.toString().equals(document.getString("issuer", ""))) {
            throw new ProviderException("it calls itself " + document.getString("issuer", "nothing"));
        }
        return new ProviderMetadata(
                required(document, "authorization_endpoint"),
                required(document, "token_endpoint"),
                required(document, "jwks_uri"),
                Optional.of(document.getString("end_session_endpoint", ""))
                        .filter(address -> !address.isEmpty())
                        .map(URI::create));
    }

    private static URI required(JsonObject document, String name) {
        try {
            URI address = URI.create(document.getString(name, ""));
            if (address.getHost() != null) {
                return address;
            }
        } catch (IllegalArgumentException noAddress) {
            // Said below.
        }
        throw new ProviderException("its description has no " + name);
    }
}
