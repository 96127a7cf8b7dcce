package io.reportfiles.signin;

import io.reportfiles.account.TokenSecret;
import io.reportfiles.web.http.StrictUtf8;
import jakarta.security.enterprise.credential.Credential;
import jakarta.security.enterprise.credential.UsernamePasswordCredential;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Reads {@code Authorization} headers (RFC 9110 §11.6.2). */
final class Credentials {

    /** A personal access token that is to be looked up. */
    record TokenCredential(TokenSecret secret) implements Credential {}

    /**
     * A name with a password that is to be verified.
     *
     * @param given what the request brought
     * @param address where it came from
     */
    record PasswordFrom(UsernamePasswordCredential given, String address) implements Credential {
        @Override
        public String toString() {
            return "PasswordFrom[%s]".formatted(address);
        }
    }

    /** More than a name and a password of the allowed lengths take in UTF-8 and Base64. */
    private static final int MAX_CHARACTERS = 8_192;

    private Credentials() {}

    /**
     * The credential that a request brought: a name with a password (RFC 7617) or a personal access token (RFC 6750).
     *
     * @param headers the values of all {@code Authorization} headers, at least one
     * @return empty for what no account can have sent: several headers, another scheme, not decodable, no colon, control
     *     characters
     */
    static Optional<Credential> parse(List<String> headers) {
        String header = headers.get(0).strip();
        if (headers.size() > 1 || header.length() > MAX_CHARACTERS) {
            return Optional.empty();
        }
        String[] parts = header.split(" +", 2);
        String value = parts.length == 2 ? parts[1] : "";
        return switch (parts[0].toLowerCase(Locale.ROOT)) {
            case "basic" -> parseBasic(value);
            case "bearer" -> TokenSecret.parse(value).map(TokenCredential::new);
            default -> Optional.empty();
        };
    }

    private static Optional<Credential> parseBasic(String base64) {
        byte[] octets;
        try {
            octets = Base64.getDecoder().decode(base64);
        } catch (IllegalArgumentException notBase64) {
            return Optional.empty();
        }
        return StrictUtf8.decode(octets).flatMap(Credentials::parsePair);
    }

    private static Optional<Credential> parsePair(String pair) {
        int colon = pair.indexOf(':');
        // RFC 7617 §2: neither part may contain control characters.
        return colon > 0 && pair.chars().noneMatch(Character::isISOControl)
                ? Optional.of(new UsernamePasswordCredential(pair.substring(0, colon), pair.substring(colon + 1)))
                : Optional.empty();
    }
}
