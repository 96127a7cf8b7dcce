package io.reportfiles.signin;

import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.reportfiles.access.AccountState;
import io.reportfiles.access.Caller;
import io.reportfiles.access.Role;
import io.reportfiles.account.AccessTokens;
import io.reportfiles.account.AccountDetails;
import io.reportfiles.account.AccountName;
import io.reportfiles.account.AccountProfile;
import io.reportfiles.account.AccountSearch;
import io.reportfiles.account.Accounts;
import io.reportfiles.account.ExternalAccounts;
import io.reportfiles.account.Identities;
import io.reportfiles.account.Identity;
import io.reportfiles.account.KnownTokens;
import io.reportfiles.account.NewAccount;
import io.reportfiles.account.Passwords;
import io.reportfiles.account.PasswordsTest;
import io.reportfiles.account.PlainHash;
import io.reportfiles.account.TestSettings;
import io.reportfiles.audit.AuditLog;
import io.reportfiles.config.AccountSettings;
import io.reportfiles.config.LdapSettings;
import io.reportfiles.persistence.MovableClock;
import io.reportfiles.persistence.PeriodicTasks;
import io.reportfiles.persistence.TestDatabase;
import io.reportfiles.web.problem.ProblemException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

/** A database with one organisation in one region, the classes of this package over it, and shortcuts to fill it. */
final class AccountFixture {

    static final String PASSWORD = "correct horse battery";
    static final Duration REFUSAL_TIME = Duration.ofMillis(50);

    private final MovableClock clock = new MovableClock(Instant.parse("2026-07-01T08:00:00Z"));
    private final PlainHash hash = new PlainHash();
    private final TestDatabase database;
    private final Passwords passwords;
    private final Accounts accounts;
    private final ExternalAccounts externalAccounts;
    private final AccountSearch search;
    private final AccessTokens tokens;
    private final PaperDirectory directory = new PaperDirectory();
    private final FailedSignIns failures;
    private final SignIn signIn;
    private final SignIn signInWithDirectory;
    private final SignIn signInWithoutPasswords;
    private final KnownTokens known;
    private final Identities identities;

    AccountFixture(TestDatabase database) {
        this.database = database;
        AuditLog audit = new AuditLog(database.entities(), clock);
        passwords = PasswordsTest.passwords(clock, hash);
        known = new KnownTokens(clock);
        accounts = new Accounts(database.entities(), database.transactions(), audit, passwords, known, clock);
        externalAccounts =
                new ExternalAccounts(database.entities(), database.transactions(), audit, accounts, known, clock);
        search = new AccountSearch(database.entities());
        tokens = new AccessTokens(database.entities(), database.transactions(), audit, known, clock);
        identities = new Identities(database.entities(), database.transactions(), known, clock);
        failures = new FailedSignIns(new PeriodicTasks(), database.transactions(), audit, clock);
        signIn = signIn(audit, Optional.empty(), TestSettings.ACCOUNTS);
        signInWithDirectory = signIn(audit, Optional.of(PaperDirectory.SERVER), TestSettings.ACCOUNTS);
        signInWithoutPasswords = signIn(audit, Optional.of(PaperDirectory.SERVER), TestSettings.NO_PASSWORDS);
        database.execute("insert into region (code, name, row_version) values ('NORTH', 'The North', 1)");
        database.execute("""
                insert into organisation (code, name, type, region_code, row_version)
                values ('ALPHA', 'Alpha State', 'state', 'NORTH', 1)""");
    }

    private SignIn signIn(AuditLog audit, Optional<LdapSettings.Server> server, AccountSettings settings) {
        DirectoryPasswords directoryPasswords = new DirectoryPasswords(
                directory,
                new LdapSettings(server, REFUSAL_TIME),
                settings,
                externalAccounts,
                identities,
                passwords,
                clock);
        return new SignIn(
                identities,
                passwords,
                directoryPasswords,
                new SignInThrottle(TestSettings.SIGN_INS, clock),
                settings,
                failures,
                database.transactions(),
                audit,
                clock);
    }

    MovableClock clock() {
        return clock;
    }

    PlainHash hash() {
        return hash;
    }

    Passwords passwords() {
        return passwords;
    }

    Accounts accounts() {
        return accounts;
    }

    ExternalAccounts externalAccounts() {
        return externalAccounts;
    }

    AccountSearch search() {
        return search;
    }

    AccessTokens tokens() {
        return tokens;
    }

    SignIn signIn() {
        return signIn;
    }

    FailedSignIns failures() {
        return failures;
    }

    /** Whom the directory knows; nobody unless a test says so. */
    PaperDirectory directory() {
        return directory;
    }

    Optional<Identity> signInWithDirectory(String name, String password) {
        return signInWithDirectory.withPassword(name, password, "192.0.2.1");
    }

    /** Where only the directory lets people in. */
    Optional<Identity> signInWithoutPasswords(String name, String password) {
        return signInWithoutPasswords.withPassword(name, password, "192.0.2.1");
    }

    Optional<Identity> signInWith(String name, String password) {
        return signInFrom("192.0.2.1", name, password);
    }

    Optional<Identity> signInFrom(String address, String name, String password) {
        return signIn.withPassword(name, password, address);
    }

    static Caller actor() {
        return new Caller(UUID.randomUUID(), "root", Set.of(Role.ADMINISTRATOR), Optional.empty(), Optional.empty());
    }

    static AccountProfile profile(Role... roles) {
        return new AccountProfile("Some Body", Set.of(roles), Optional.of("ALPHA"), Optional.of("NORTH"));
    }

    /** 200, or the status of the problem. */
    static int statusOf(ThrowingCallable action) {
        ProblemException problem = catchThrowableOfType(ProblemException.class, action);
        return problem == null ? 200 : problem.type().status();
    }

    AccountDetails create(String name, AccountState state, Role... roles) {
        return accounts.create(new NewAccount(new AccountName(name), profile(roles), PASSWORD, state), "root");
    }

    Caller callerOf(AccountDetails account) {
        return signInWith(account.name(), PASSWORD).orElseThrow().caller();
    }

    /** The actions in the audit. */
    List<String> audited() {
        List<?> actions = database.entities()
                .createNativeQuery("select action from audit_event")
                .getResultList();
        return actions.stream().map(String::valueOf).toList();
    }

    long count(String sql) {
        return ((Number) database.entities().createNativeQuery(sql).getSingleResult()).longValue();
    }
}
