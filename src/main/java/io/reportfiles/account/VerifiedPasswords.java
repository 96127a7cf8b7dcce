package io.reportfiles.account;

import java.nio.charset.StandardCharsets;
import java.security.InvalidKeyException;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Remembers for a short while that a password was verified, so that a script that sends HTTP Basic with each request
 * does not pay for PBKDF2 each time. It keeps no password: entries are keyed hashes, and the key dies with the process.
 * The stored hash is part of the entry, so a changed password is forgotten at once. Says nothing about whether the
 * account may still sign in. Safe for use by many threads.
 *
 * @param <T> what verifying the password yielded
 */
public final class VerifiedPasswords<T> {

    private static final int MAX_ENTRIES = 10_000;
    private static final String ALGORITHM = "HmacSHA256";

    private final Clock clock;
    private final Duration lifetime;
    private final SecretKeySpec key;
    private final Map<String, Found<T>> entries = new LinkedHashMap<>();

    /**
     * Starts with nothing remembered.
     *
     * @param lifetime how long a verified password is remembered; zero for not at all
     */
    public VerifiedPasswords(Clock clock, Duration lifetime, SecureRandom random) {
        this.clock = clock;
        this.lifetime = lifetime;
        byte[] bits = new byte[32];
        random.nextBytes(bits);
        this.key = new SecretKeySpec(bits, ALGORITHM);
    }

    private record Found<T>(T value, Instant expiry) {
        boolean isGoodAt(Instant now) {
            return now.isBefore(expiry);
        }
    }

    /** What it yielded lately that {@code password} was found to belong to {@code storedHash}. */
    public Optional<T> find(String password, String storedHash) {
        String entry = entry(password, storedHash);
        synchronized (entries) {
            return Optional.ofNullable(entries.get(entry))
                    .filter(found -> found.isGoodAt(clock.instant()))
                    .map(Found::value);
        }
    }

    /** Remembers that {@code password} belongs to {@code storedHash}, and what that yielded. */
    public void add(String password, String storedHash, T value) {
        if (lifetime.isZero()) {
            return;
        }
        String entry = entry(password, storedHash);
        Instant now = clock.instant();
        synchronized (entries) {
            entries.remove(entry); // so that insertion order stays the order of expiry
            entries.put(entry, new Found<>(value, now.plus(lifetime)));
            entries.values().removeIf(found -> !found.isGoodAt(now));
            if (entries.size() > MAX_ENTRIES) {
                entries.remove(entries.keySet().iterator().next());
            }
        }
    }

    private String entry(String password, String storedHash) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(key);
            mac.update(storedHash.getBytes(StandardCharsets.UTF_8));
            mac.update((byte) 0); // no stored hash holds one, so the two can't be shifted into each other
            return HexFormat.of().formatHex(mac.doFinal(password.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException | InvalidKeyException impossible) {
            throw new IllegalStateException("every Java platform has HMAC-SHA-256", impossible);
        }
    }
}
