package io.reportfiles.signin.oidc;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * One sign-in on its way to the provider and back, kept in a cookie of the browser that makes it: so any node can end what
 * another began, and strangers who begin sign-ins cost no memory.
 *
 * @param state ties the answer to this browser
 * @param nonce ties the ID token to this sign-in
 * @param verifier ties the code to this sign-in (PKCE, RFC 7636)
 * @param returnTo where the browser wanted to go; empty for the start page
 */
record Flow(String state, String nonce, String verifier, String returnTo) {

    private static final int RANDOM_BYTES = 32;
    private static final Base64.Encoder ENCODER = Base64.getUrlEncoder().withoutPadding();
    private static final Pattern FORM = Pattern.compile(
            "([A-Za-z0-9_-]{43})\\.([A-Za-z0-9_-]{43})\\.([A-Za-z0-9_-]{43})\\.([A-Za-z0-9_-]{0,3000})");

    static Flow begin(SecureRandom random, String returnTo) {
        return new Flow(random(random), random(random), random(random), returnTo);
    }

    /** The flow that a cookie holds; empty for anything else. */
    static Optional<Flow> parse(String cookie) {
        var parts = FORM.matcher(cookie);
        if (!parts.matches()) {
            return Optional.empty();
        }
        try {
            String returnTo = new String(Base64.getUrlDecoder().decode(parts.group(4)), StandardCharsets.UTF_8);
            return Optional.of(new Flow(parts.group(1), parts.group(2), parts.group(3), returnTo));
        } catch (IllegalArgumentException noBase64) {
            return Optional.empty();
        }
    }

    /** As {@link #parse} reads it: nothing that needs quoting in a cookie. */
    String cookie() {
        return String.join(
                ".", state, nonce, verifier, ENCODER.encodeToString(returnTo.getBytes(StandardCharsets.UTF_8)));
    }

    /** What the provider is shown of the verifier before it is to be had (RFC 7636 §4.2, S256). */
    String challenge() {
        try {
            MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
            return ENCODER.encodeToString(sha256.digest(verifier.getBytes(StandardCharsets.US_ASCII)));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java platform has SHA-256", impossible);
        }
    }

    /** Whether an answer with this state belongs to it. */
    boolean isAnsweredBy(String answer) {
        return MessageDigest.isEqual(
                state.getBytes(StandardCharsets.US_ASCII), answer.getBytes(StandardCharsets.UTF_8));
    }

    private static String random(SecureRandom random) {
        byte[] bits = new byte[RANDOM_BYTES];
        random.nextBytes(bits);
        return ENCODER.encodeToString(bits);
    }

    @Override
    public String toString() {
        return "Flow[" + returnTo + "]";
    }
}
