package io.reportfiles.account;

import io.reportfiles.config.AccountSettings;
import io.reportfiles.web.problem.ProblemException;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.security.enterprise.identitystore.Pbkdf2PasswordHash;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;

/**
 * Hashes and verifies passwords. One verification takes a tenth of a second of processor time, by design; so few run at
 * once, the rest wait, and nobody can keep all processors busy by guessing. Safe for use by many threads.
 */
@ApplicationScoped
public class Passwords {

    /** Whether a password is that of a stored hash. */
    public enum Verdict {
        WRONG,
        RIGHT,
        /** It is, but the hash was made of it as it was typed: another keyboard's spelling of it would be wrong. */
        RIGHT_AS_TYPED;

        public boolean isRight() {
            return this != WRONG;
        }
    }

    /** No password is longer, in characters. */
    public static final int MAX_LENGTH = 1_000;

    private static final String ALGORITHM = "PBKDF2WithHmacSHA512";
    private static final int SALT_BYTES = 32;
    private static final int KEY_BYTES = 64;

    private final Pbkdf2PasswordHash hash;
    private final AccountSettings settings;
    private final ConcurrencyLimit limit;
    private final VerifiedPasswords<Verdict> verified;
    private final String hashOfNobody;

    /** For the proxy of the container alone. */
    @SuppressWarnings("NullAway")
    protected Passwords() {
        this.hash = null;
        this.settings = null;
        this.limit = null;
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
        this.limit = new ConcurrencyLimit(settings.concurrentPasswordChecks());
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
        String prepared = PasswordText.prepare(password);
        int length = prepared.codePointCount(0, prepared.length());
        if (length < settings.minimumPasswordLength() || length > MAX_LENGTH) {
            return Optional.of(
                    "A password has %d to %,d characters.".formatted(settings.minimumPasswordLength(), MAX_LENGTH));
        }
        return PasswordText.defectOf(prepared);
    }

    /**
     * The form in which a password is kept: algorithm, iterations, salt and hash.
     *
     * @throws ProblemException 503 if too many others wait for the processors
     */
    public String hash(String password) {
        return limit.run(() -> hash.generate(PasswordText.prepare(password).toCharArray()));
    }

    /**
     * Whether {@code password}, in any spelling of its characters, is the one that {@code storedHash} was made of. Without a stored hash it takes the same
     * time to say no, so that the time does not tell which accounts exist.
     *
     * @param attempt told of a wrong password before the next one is looked at, so that who tries many at once is slowed
     *     down like anybody else; not asked where the password is known to be right
     * @throws ProblemException 503 if too many others wait for the processors; 429 if {@code attempt} says so
     */
    public Verdict verify(String password, Optional<String> storedHash, SignInAttempt attempt) {
        if (password.length() > 2 * MAX_LENGTH) { // UTF-16 units
            attempt.admit();
            attempt.failed();
            return Verdict.WRONG;
        }
        String expected = storedHash.orElse(hashOfNobody);
        Optional<Verdict> known = verified.find(password, expected);
        if (known.isPresent()) {
            return known.get();
        }
        attempt.admit();
        // Asked again with the permit: of many requests that a script starts at once, the first one does the work.
        return limit.run(
                () -> verified.find(password, expected).orElseGet(() -> verifyNext(password, expected, attempt)));
    }

    /**
     * Takes the time that verifying a password takes, where another answer must not be quicker.
     *
     * @throws ProblemException 503 if too many others wait for the processors
     */
    public void spendTime(String password) {
        if (password.length() <= 2 * MAX_LENGTH) {
            limit.run(() -> compute(password, hashOfNobody));
        }
    }

    private Verdict verifyNext(String password, String expected, SignInAttempt attempt) {
        attempt.admit();
        Verdict verdict = compute(password, expected);
        if (!verdict.isRight()) {
            attempt.failed();
        }
        return verdict;
    }

    /** A refusal takes as long whoever was meant: how much is computed depends on what was typed alone. */
    private Verdict compute(String password, String expected) {
        String prepared = PasswordText.prepare(password);
        Verdict verdict = Verdict.WRONG;
        if (matches(prepared, expected)) {
            verdict = Verdict.RIGHT;
        } else if (!prepared.equals(password) && matches(password, expected)) {
            verdict = Verdict.RIGHT_AS_TYPED;
        }
        if (verdict.isRight()) {
            verified.add(password, expected, verdict);
        }
        return verdict;
    }

    private boolean matches(String password, String expected) {
        try {
            return hash.verify(password.toCharArray(), expected);
        } catch (IllegalArgumentException unreadableHash) {
            return false;
        }
    }

    /** How many requests wait; for tests. */
    int waiting() {
        return limit.waiting();
    }

    private static String randomBase64(SecureRandom random, int bytes) {
        byte[] bits = new byte[bytes];
        random.nextBytes(bits);
        return Base64.getEncoder().encodeToString(bits);
    }
}
