package io.reportfiles.account;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The text of a personal access token: {@code rf_} and 256 random bits. It is shown once; only its SHA-256 is kept. A
 * fast hash is enough here, unlike for passwords, because nobody can guess 256 bits, and it makes a token cheap to
 * verify: one look-up of the hash.
 *
 * @param text what the client sends
 */
public record TokenSecret(String text) {

    private static final String PREFIX = "rf_"; // lets secret scanners find tokens that leaked into a repository
    private static final int RANDOM_BYTES = 32;
    private static final Pattern FORM = Pattern.compile(PREFIX + "[A-Za-z0-9_-]{43}");

    /** A new secret. */
    public static TokenSecret generate(SecureRandom random) {
        byte[] bits = new byte[RANDOM_BYTES];
        random.nextBytes(bits);
        return new TokenSecret(PREFIX + Base64.getUrlEncoder().withoutPadding().encodeToString(bits));
    }

    /** The secret that a client sent, empty if it has not the form of one. */
    public static Optional<TokenSecret> parse(String text) {
        return FORM.matcher(text).matches() ? Optional.of(new TokenSecret(text)) : Optional.empty();
    }

    /** SHA-256 of the text in lower-case hex. */
    public String hash() {
        return sha256(text);
    }

    /** SHA-256 of a text in UTF-8, in lower-case hex. */
    public static String sha256(String text) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java platform has SHA-256", impossible);
        }
    }

    @Override
    public String toString() {
        return PREFIX + "***";
    }
}
