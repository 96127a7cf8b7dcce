package io.reportfiles.signin;

import io.reportfiles.account.AccountName;
import io.reportfiles.account.ConcurrencyLimit;
import io.reportfiles.account.ExternalAccounts;
import io.reportfiles.account.ExternalIdentity;
import io.reportfiles.account.Identities;
import io.reportfiles.account.Identity;
import io.reportfiles.account.Passwords;
import io.reportfiles.account.SignInAttempt;
import io.reportfiles.account.TokenSecret;
import io.reportfiles.account.VerifiedPasswords;
import io.reportfiles.config.AccountSettings;
import io.reportfiles.config.LdapSettings;
import io.reportfiles.web.problem.ProblemException;
import io.reportfiles.web.problem.ProblemType;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.security.SecureRandom;
import java.text.Normalizer;
import java.time.Clock;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeoutException;
import java.util.function.BiConsumer;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/**
 * Verifies passwords with the configured directory. A refusal takes the same steps and at least the configured time whoever
 * was meant and whoever keeps the password, and so does the answer that the directory is away: nobody learns by it which
 * accounts exist, nor which are kept where. Safe for use by many threads.
 */
@ApplicationScoped
public class DirectoryPasswords {

    /** Questions at a time; one takes milliseconds. */
    private static final int AT_ONCE = 16;

    private static final int MAX_NAME_LENGTH = 100;

    /** Blanks, marks and what can't be seen. */
    private static final Pattern IGNORED = Pattern.compile("[\\p{C}\\p{Z}\\p{M}]+");

    private static final Duration RETRY = Duration.ofSeconds(30);

    private Directory directory;
    private LdapSettings settings;
    private ExternalAccounts accounts;
    private Identities identities;
    private Passwords passwords;
    private VerifiedPasswords<UUID> verified;
    private final ConcurrencyLimit limit = new ConcurrencyLimit(AT_ONCE);
    private final Semaphore lingering = new Semaphore(ConcurrencyLimit.MOST_WAITING);

    /** For the client proxy. */
    protected DirectoryPasswords() {}

    /** Takes whom to ask. */
    @Inject
    public DirectoryPasswords(
            Directory directory,
            LdapSettings settings,
            AccountSettings accountSettings,
            ExternalAccounts accounts,
            Identities identities,
            Passwords passwords,
            Clock clock) {
        this.directory = directory;
        this.settings = settings;
        this.accounts = accounts;
        this.identities = identities;
        this.passwords = passwords;
        this.verified = new VerifiedPasswords<>(clock, accountSettings.passwordMemory(), new SecureRandom());
    }

    /** Whether there is a directory to ask. */
    boolean isConfigured() {
        return settings.server().isPresent();
    }

    /**
     * The same for spellings of a name that directories take for one (about RFC 4518 §2), or each would be a fresh start
     * for who guesses. Does not tell the name, which may be a password in the wrong field.
     */
    static String alike(String name) {
        return "#" + TokenSecret.sha256(folded(name));
    }

    /** The account name for which a directory may take another spelling of it, if any. */
    static Optional<AccountName> accountName(String name) {
        return AccountName.parse(folded(name));
    }

    private static String folded(String name) {
        String folded = Normalizer.normalize(name, Normalizer.Form.NFKC).toLowerCase(Locale.ROOT);
        return IGNORED.matcher(folded).replaceAll("");
    }

    /**
     * The account of the person whom the directory knows by this name and password, whatever its state; a new one if need
     * be. Remembered for as long as a local password is, but only for an active account: others are refused, and what
     * is refused sooner the second time was right the first time.
     *
     * @param attempt told of a refusal before the next one is asked about
     * @param refusals told of a refusal before anybody is kept waiting: of the account, if there is one, and the reason
     * @throws ProblemException 503 if the directory can't be asked, or too many others wait; 429 if {@code attempt} says so
     */
    Optional<Identity> verify(
            String name, String password, SignInAttempt attempt, BiConsumer<Optional<Identity>, String> refusals) {
        Optional<Identity> known = remembered(name, password);
        if (known.isPresent()) {
            return known;
        }
        attempt.admit();
        return asSlowly(
                () -> limit.run(() -> askNext(name, password, attempt)), refusals, () -> passwords.spendTime(password));
    }

    /**
     * Does as if somebody had been asked about, after the password of an account that is kept here was wrong.
     *
     * @throws ProblemException 503 as {@link #verify}
     */
    void pretend() {
        asSlowly(() -> limit.run(this::askAboutNobody).map(accounts::accountOf), (nobody, reason) -> {}, () -> {});
    }

    private Optional<Identity> askNext(String name, String password, SignInAttempt attempt) {
        Optional<Identity> meanwhile = remembered(name, password); // of many at once the first one does the work
        if (meanwhile.isPresent()) {
            return meanwhile;
        }
        attempt.admit();
        Optional<ExternalIdentity> person = Optional.empty();
        try {
            person = canBe(name, password) ? directory.identify(name, password) : askAboutNobody();
        } finally {
            if (person.isEmpty()) { // also when it is away, as a wrong password of an account that is kept here
                attempt.failed();
            }
        }
        Optional<Identity> identity = person.map(accounts::accountOf);
        identity.filter(Identity::isActive)
                .ifPresent(found -> verified.add(password, name, found.caller().accountId()));
        return identity;
    }

    private Optional<Identity> remembered(String name, String password) {
        return verified.find(password, name).flatMap(identities::findById).filter(Identity::isActive);
    }

    private Optional<ExternalIdentity> askAboutNobody() {
        return directory.identify(
                UUID.randomUUID().toString(), UUID.randomUUID().toString());
    }

    /** An empty password is no password to a directory (RFC 4513 §5.1.2). */
    private static boolean canBe(String name, String password) {
        return !name.isBlank()
                && name.length() <= MAX_NAME_LENGTH
                && name.chars().noneMatch(Character::isISOControl)
                && !password.isEmpty()
                && password.length() <= Passwords.MAX_LENGTH
                && password.indexOf('\0') < 0;
    }

    /** Answers at once only who is let in. */
    private Optional<Identity> asSlowly(
            Supplier<Optional<Identity>> question, BiConsumer<Optional<Identity>, String> refusals, Runnable besides) {
        long start = System.nanoTime();
        try {
            Optional<Identity> answer = question.get();
            if (answer.filter(Identity::isActive).isEmpty()) {
                refusals.accept(answer, "refused by the directory");
                linger(start);
                besides.run();
            }
            return answer;
        } catch (DirectoryException away) {
            refusals.accept(Optional.empty(), "directory away");
            linger(start);
            besides.run();
            throw ProblemException.retryLater(
                    ProblemType.BUSY,
                    "The directory that knows who may sign in can't be reached. Try again soon.",
                    RETRY,
                    away);
        }
    }

    private void linger(long start) {
        if (!lingering.tryAcquire()) {
            throw ConcurrencyLimit.busy(
                    new TimeoutException(ConcurrencyLimit.MOST_WAITING + " others are kept waiting"));
        }
        try {
            long left = settings.refusalTime().toNanos() - (System.nanoTime() - start);
            Thread.sleep(Duration.ofNanos(Math.max(0, left)).toMillis());
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
            throw ConcurrencyLimit.busy(stopping);
        } finally {
            lingering.release();
        }
    }
}
