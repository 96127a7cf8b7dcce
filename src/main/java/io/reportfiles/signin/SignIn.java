package io.reportfiles.signin;

import io.reportfiles.access.AccessPolicy;
import io.reportfiles.access.AccountState;
import io.reportfiles.access.Action;
import io.reportfiles.access.Caller;
import io.reportfiles.access.Scope;
import io.reportfiles.account.AccountDetails;
import io.reportfiles.account.AccountName;
import io.reportfiles.account.Accounts;
import io.reportfiles.account.Identities;
import io.reportfiles.account.Identity;
import io.reportfiles.account.KnownTokens;
import io.reportfiles.account.Passwords;
import io.reportfiles.account.SignInAttempt;
import io.reportfiles.account.TokenIdentity;
import io.reportfiles.account.TokenSecret;
import io.reportfiles.audit.AuditAction;
import io.reportfiles.audit.AuditLog;
import io.reportfiles.config.AccountSettings;
import io.reportfiles.persistence.Transactions;
import io.reportfiles.web.problem.ProblemException;
import io.reportfiles.web.problem.ProblemType;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpSession;
import java.time.Clock;
import java.util.Optional;

/**
 * Finds out which account credentials belong to. Whatever is wrong with them, the answer is the same and takes the same
 * time: nobody learns which accounts exist. A deactivation or a revoked token takes effect
 * with the next request on this node, and within {@link KnownTokens#MAX_AGE} on the others.
 */
@ApplicationScoped
public class SignIn {

    private Identities identities;
    private Passwords passwords;
    private DirectoryPasswords directory;
    private SignInThrottle throttle;
    private AccountSettings settings;
    private FailedSignIns failures;
    private Transactions transactions;
    private AuditLog audit;
    private Clock clock;

    /** For the client proxy. */
    protected SignIn() {}

    /** Takes its collaborators. */
    @Inject
    public SignIn(
            Identities identities,
            Passwords passwords,
            DirectoryPasswords directory,
            SignInThrottle throttle,
            AccountSettings settings,
            FailedSignIns failures,
            Transactions transactions,
            AuditLog audit,
            Clock clock) {
        this.identities = identities;
        this.passwords = passwords;
        this.directory = directory;
        this.throttle = throttle;
        this.settings = settings;
        this.failures = failures;
        this.transactions = transactions;
        this.audit = audit;
        this.clock = clock;
    }

    /** Whether there is a point in asking for a password. */
    boolean takesPasswords() {
        return settings.passwordSignIn() || directory.isConfigured();
    }

    /**
     * The active account with this name and password. A name that an account with a password has is that account's alone;
     * with any other the directory is asked, where there is one. A failure is noted in the audit, see {@link FailedSignIns}.
     *
     * @param typed the name, with or without blanks around it
     * @param address where the request comes from
     * @throws ProblemException 429 if it is too early for another try, see {@link SignInThrottle}; 503 if the directory can't
     *     be asked; 403 for who is right and waits for approval, which is told to nobody but people of the directory: they
     *     asked for no account
     */
    Optional<Identity> withPassword(String typed, String password, String address) {
        String name = typed.strip(); // else the password of "root " would be shown to the directory, and be root's
        Optional<AccountName> wellFormed = AccountName.parse(name);
        Optional<Identity> found = wellFormed.flatMap(identities::findByName);
        SignInAttempt attempt = throttle.attempt(counted(wellFormed, name), address);
        if (!directory.isConfigured()) {
            return verifiedHere(wellFormed, found, password, attempt, address);
        }
        // A directory may take another spelling for this name, and must not be shown this account's password.
        Optional<Identity> meant = wellFormed.isPresent()
                ? found
                : DirectoryPasswords.accountName(name).flatMap(identities::findByName);
        if (meant.flatMap(Identity::passwordHash).isEmpty()) {
            return verifiedThere(wellFormed, name, password, attempt, address);
        }
        Optional<Identity> signedIn = verifiedHere(wellFormed, found, password, attempt, address);
        if (signedIn.isEmpty()) {
            directory.pretend();
        }
        return signedIn;
    }

    /** Whom a failure counts for: a directory has names, too, that no account here can have. */
    private Optional<String> counted(Optional<AccountName> wellFormed, String name) {
        return directory.isConfigured()
                ? Optional.of(DirectoryPasswords.alike(name))
                : wellFormed.map(AccountName::value);
    }

    private Optional<Identity> verifiedHere(
            Optional<AccountName> name,
            Optional<Identity> found,
            String password,
            SignInAttempt attempt,
            String address) {
        // Whom no password lets in has none: what is refused sooner or later than a wrong one would be known to be
        // right.
        Optional<Identity> usable = found.filter(identity -> identity.isActive() && settings.passwordSignIn());
        Passwords.Verdict verdict = passwords.verify(password, usable.flatMap(Identity::passwordHash), attempt);
        if (verdict.isRight()) {
            attempt.succeeded();
            if (verdict == Passwords.Verdict.RIGHT_AS_TYPED) {
                usable.ifPresent(identity -> identities.renewHash(identity, passwords.hash(password)));
            }
            return usable;
        }
        recordFailure(name, found, found.map(account -> reason()).orElse("no such account"), address);
        return Optional.empty();
    }

    private String reason() {
        return settings.passwordSignIn() ? "wrong password" : "passwords let nobody in";
    }

    private Optional<Identity> verifiedThere(
            Optional<AccountName> name, String given, String password, SignInAttempt attempt, String address) {
        Optional<Identity> person = directory.verify(
                given, password, attempt, (refused, reason) -> recordFailure(name, refused, reason, address));
        Optional<Identity> signedIn = person.filter(Identity::isActive);
        if (signedIn.isPresent()) {
            attempt.succeeded();
            return signedIn;
        }
        if (person.filter(identity -> identity.state() == AccountState.PENDING).isPresent()) {
            attempt.succeeded();
            throw new ProblemException(
                    ProblemType.FORBIDDEN, "Your account waits for the approval of an administrator.");
        }
        if (person.isPresent()) {
            attempt.failed();
        }
        return signedIn;
    }

    /**
     * Refuses to change a password that is not kept here, or is good for nothing.
     *
     * @throws ProblemException 409 then
     */
    void requirePasswordHere(Caller caller) {
        if (identities
                .findById(caller.accountId())
                .flatMap(Identity::passwordHash)
                .isEmpty()) {
            throw new ProblemException(
                    ProblemType.CONFLICT, "Your password is not kept here. Change it where you got it.");
        }
        if (!settings.passwordSignIn()) {
            throw new ProblemException(
                    ProblemType.CONFLICT, "Passwords that are kept here let nobody in, so yours can't be changed.");
        }
    }

    /**
     * Notes that somebody signed in with a browser, before the session begins: one that is not noted must not.
     *
     * @param how at the sign-in page or with a provider, in words for the audit
     */
    void recordSuccess(Identity identity, String how, String address) {
        String account = identity.caller().accountId().toString();
        transactions.run(() -> audit.record(
                AuditAction.SIGNED_IN,
                identity.caller().name(),
                Accounts.SUBJECT,
                account,
                "%s from %s".formatted(how, address)));
    }

    /** The active account that a usable token belongs to. */
    Optional<Identity> withToken(TokenSecret secret) {
        Optional<TokenIdentity> token = identities
                .findByToken(secret.hash())
                .filter(found -> found.isUsableAt(clock.instant()))
                .filter(found -> found.identity().isActive());
        token.ifPresent(identities::noteUse);
        return token.map(TokenIdentity::identity);
    }

    /** The active account that a browser session belongs to, unless the session's time is over or somebody ended it. */
    Optional<Identity> withSession(BrowserSession session) {
        return session.isAliveAt(clock.instant(), settings.sessionLifetime())
                ? identities.findById(session.accountId()).filter(session::isOf)
                : Optional.empty();
    }

    /** The active account that an administrator's session looks at, as both may see it; nothing is noted of its use. */
    Optional<Caller> seen(HttpServletRequest request, Caller administrator) {
        return SeenAccount.find(request)
                .filter(seen -> seen.isMeant(request.getHeader(SeenAccount.HEADER), clock.instant()))
                .filter(seen -> AccessPolicy.decide(administrator, Action.MANAGE_ACCOUNTS, new Scope.Installation())
                        .isAllowed())
                .flatMap(seen -> identities.findById(seen.accountId()))
                .filter(Identity::isActive)
                .map(identity -> identity.caller().seenBy(administrator));
    }

    /** Lets an administrator's session look at an account, once that is noted. */
    SeenAccount beginToSee(AccountDetails account, Caller administrator, HttpSession session) {
        transactions.run(() -> audit.record(
                AuditAction.ACCOUNT_SEEN,
                administrator.name(),
                Accounts.SUBJECT,
                account.id().toString(),
                "%s looks at what %s sees".formatted(administrator.name(), account.name())));
        return SeenAccount.begin(account.id(), clock.instant(), session);
    }

    /** A session for an account that has just signed in. */
    BrowserSession sessionOf(Identity identity) {
        return BrowserSession.of(identity, clock.instant());
    }

    /** A new session for who has one that has just ended, as long as the account is active. */
    Optional<BrowserSession> sessionOf(Caller caller) {
        return identities
                .findById(caller.accountId())
                .filter(Identity::isActive)
                .map(this::sessionOf);
    }

    /** Notes that somebody was identified whose account is not active. */
    void recordRefusal(Identity identity, String how, String address) {
        failures.record(
                identity.caller().name(),
                Optional.of(identity.caller().accountId()),
                "account is %s, %s from %s".formatted(identity.state(), how, address));
    }

    private void recordFailure(Optional<AccountName> name, Optional<Identity> found, String reason, String address) {
        // What is no name may be a password in the wrong field, so it is not kept.
        String actor = name.map(AccountName::value).orElse("");
        String detail = found.filter(identity -> !identity.isActive())
                .map(identity -> "account is " + identity.state())
                .orElse(reason);
        failures.record(
                actor, found.map(identity -> identity.caller().accountId()), "%s from %s".formatted(detail, address));
    }
}
