package io.reportfiles.account;

import io.reportfiles.config.AccountSettings;
import io.reportfiles.web.ProblemException;
import io.reportfiles.web.ProblemType;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.security.enterprise.identitystore.Pbkdf2PasswordHash;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/**
 * Hashes and verifies passwords. One verification takes a tenth of a second of processor time, by design; so few run at
 * once, the rest wait, and nobody can keep all processors busy by guessing. Safe for use by many threads.
 */
@ApplicationScoped
public class Passwords {

    /** No password is longer, in characters. */
    static final int MAX_LENGTH = 1_000;

    /**
     * More requests than this are not kept waiting: their threads are needed by those who can be served. A script that
     * begins with dozens of requests at once is served.
     */
    static final int MOST_WAITING = 64;

    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final String ALGORITHM = "PBKDF2WithHmacSHA512";
    private static final int SALT_BYTES = 32;
    private static final int KEY_BYTES = 64;

    private final Pbkdf2PasswordHash hash;
    private final AccountSettings settings;
    private final Semaphore permits;
    private final AtomicInteger waiting = new AtomicInteger();
    private final VerifiedPasswords verified;
    private final String hashOfNobody;

    /** For the proxy of the container alone. */
    @SuppressWarnings("NullAway")
    protected Passwords() {
        this.hash = null;
        this.settings = null;
        this.permits = null;
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
        this.permits = new Semaphore(settings.concurrentPasswordChecks(), true);
        this.verified = new VerifiedPasswords(clock, settings.passwordMemory(), random);
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
        return withPermit(() -> hash.generate(password.toCharArray()));
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
        BooleanSupplier known = () -> verified.contains(password, expected);
        if (known.getAsBoolean()) {
            return true;
        }
        attempt.admit();
        // Asked again with the permit: of many requests that a script starts at once, the first one does the work.
        return withPermit(() -> known.getAsBoolean() || verifyNext(password, expected, attempt));
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
            verified.add(password, expected);
        }
        return matches;
    }

    private <T> T withPermit(Supplier<T> work) {
        takePermit();
        try {
            return work.get();
        } finally {
            permits.release();
        }
    }

    private void takePermit() {
        try {
            if (permits.tryAcquire(0, TimeUnit.SECONDS)) { // unlike the plain one, this one does not jump the queue
                return;
            }
            if (waiting.incrementAndGet() > MOST_WAITING) {
                waiting.decrementAndGet();
                throw busy(new TimeoutException(MOST_WAITING + " others wait for a permit"));
            }
            awaitPermit();
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
            throw busy(stopping);
        }
    }

    private void awaitPermit() throws InterruptedException {
        try {
            if (!permits.tryAcquire(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
                throw busy(new TimeoutException("no permit within " + PATIENCE));
            }
        } finally {
            waiting.decrementAndGet();
        }
    }

    /** How many requests wait. */
    int waiting() {
        return waiting.get();
    }

    private static ProblemException busy(Exception cause) {
        return ProblemException.retryLater(
                ProblemType.BUSY, "Too many sign-ins at once. Try again in a moment.", Duration.ofSeconds(5), cause);
    }

    private static String randomBase64(SecureRandom random, int bytes) {
        byte[] bits = new byte[bytes];
        random.nextBytes(bits);
        return Base64.getEncoder().encodeToString(bits);
    }
}
