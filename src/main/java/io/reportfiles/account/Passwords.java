package io.reportfiles.account;

import io.reportfiles.config.AccountSettings;
import io.reportfiles.web.ProblemException;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.security.enterprise.identitystore.Pbkdf2PasswordHash;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/**
 * Hashes and verifies passwords. One verification takes a tenth of a second of processor time, by design; so few run at
 * once, the rest wait, and nobody can keep all processors busy by guessing. Safe for use by many threads.
 */
@ApplicationScoped
public class Passwords {

    /** No password is longer, in characters. */
    static final int MAX_LENGTH = 1_000;

    private static final String ALGORITHM = "PBKDF2WithHmacSHA512";
    private static final int SALT_BYTES = 32;
    private static final int KEY_BYTES = 64;

    private final Pbkdf2PasswordHash hash;
    private final AccountSettings settings;
    private final Turns turns;
    private final VerifiedPasswords<Boolean> verified;
    private final String hashOfNobody;

    /** For the proxy of the container alone. */
    @SuppressWarnings("NullAway")
    protected Passwords() {
        this.hash = null;
        this.settings = null;
        this.turns = null;
        this.verified = null;
        this.hashOfNobody = null;
    }

    /** Takes the platform's hash function and sets its parameters. */
    @Inject
    public Passwords(Pbkdf2PasswordHash hash, AccountSettings settings) {
        this(hash, settings, Clock.systemUTC(), new SecureRandom());
    }

    Passwords(Pbkdf2PasswordHash hash, AccountSettings settings, Clock clock, SecureRandom random) {
        hash.initialize(Map.of(
                "Pbkdf2PasswordHash.Algorithm", ALGORITHM,
                "Pbkdf2PasswordHash.Iterations", Integer.toString(settings.passwordIterations()),
                "Pbkdf2PasswordHash.SaltSizeBytes", Integer.toString(SALT_BYTES),
                "Pbkdf2PasswordHash.KeySizeBytes", Integer.toString(KEY_BYTES)));
        this.hash = hash;
        this.settings = settings;
        this.turns = new Turns(settings.concurrentPasswordChecks());
        this.verified = new VerifiedPasswords<>(clock, settings.passwordMemory(), random);
        this.hashOfNobody = "%s:%d:%s:%s"
                .formatted(
                        ALGORITHM,
                        settings.passwordIterations(),
                        randomBase64(random, SALT_BYTES),
                        randomBase64(random, KEY_BYTES));
    }

    /** What is wrong with a new password, if anything: one sentence. */
    Optional<String> defectOf(String password) {
        int length = password.codePointCount(0, password.length());
        if (length < settings.minimumPasswordLength() || length > MAX_LENGTH) {
            return Optional.of(
                    "A password has %d to %,d characters.".formatted(settings.minimumPasswordLength(), MAX_LENGTH));
        }
        return password.chars().anyMatch(Character::isISOControl)
                ? Optional.of("A password has no control characters.")
                : Optional.empty();
    }

    /**
     * The form in which a password is kept: algorithm, iterations, salt and hash.
     *
     * @throws ProblemException 503 if too many others wait for the processors
     */
    String hash(String password) {
        return turns.take(() -> hash.generate(password.toCharArray()));
    }

    /**
     * Whether {@code password} is the one that {@code storedHash} was made of. Without a stored hash it takes the same
     * time to say no, so that the time does not tell which accounts exist.
     *
     * @param attempt told of a wrong password before the next one is looked at, so that who tries many at once is slowed
     *     down like anybody else; not asked where the password is known to be right
     * @throws ProblemException 503 if too many others wait for the processors; 429 if {@code attempt} says so
     */
    boolean verify(String password, Optional<String> storedHash, SignInBrake.Attempt attempt) {
        if (password.length() > 2 * MAX_LENGTH) { // UTF-16 units
            attempt.admit();
            attempt.failed();
            return false;
        }
        String expected = storedHash.orElse(hashOfNobody);
        BooleanSupplier known = () -> verified.find(password, expected).isPresent();
        if (known.getAsBoolean()) {
            return true;
        }
        attempt.admit();
        // Asked again with the permit: of many requests that a script starts at once, the first one does the work.
        return turns.take(() -> known.getAsBoolean() || verifyNext(password, expected, attempt));
    }

    /**
     * Takes the time that verifying a password takes, where another answer must not be quicker.
     *
     * @throws ProblemException 503 if too many others wait for the processors
     */
    void spendTime(String password) {
        if (password.length() <= 2 * MAX_LENGTH) {
            turns.take(() -> compute(password, hashOfNobody));
        }
    }

    private boolean verifyNext(String password, String expected, SignInBrake.Attempt attempt) {
        attempt.admit();
        boolean matches = compute(password, expected);
        if (!matches) {
            attempt.failed();
        }
        return matches;
    }

    private boolean compute(String password, String expected) {
        boolean matches;
        try {
            matches = hash.verify(password.toCharArray(), expected);
        } catch (IllegalArgumentException unreadableHash) {
            return false;
        }
        if (matches) {
            verified.add(password, expected, true);
        }
        return matches;
    }

    /** How many requests wait; for tests. */
    int waiting() {
        return turns.waiting();
    }

    private static String randomBase64(SecureRandom random, int bytes) {
        byte[] bits = new byte[bytes];
        random.nextBytes(bits);
        return Base64.getEncoder().encodeToString(bits);
    }
}
