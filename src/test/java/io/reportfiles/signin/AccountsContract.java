package io.reportfiles.signin;

import static io.reportfiles.signin.AccountFixture.PASSWORD;
import static io.reportfiles.signin.AccountFixture.actor;
import static io.reportfiles.signin.AccountFixture.profile;
import static io.reportfiles.signin.AccountFixture.statusOf;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.reportfiles.access.AccountState;
import io.reportfiles.access.Action;
import io.reportfiles.access.Caller;
import io.reportfiles.access.Role;
import io.reportfiles.account.AccessTokens;
import io.reportfiles.account.AccountDetails;
import io.reportfiles.account.AccountProfile;
import io.reportfiles.account.ExternalIdentity;
import io.reportfiles.account.FirstAdministrator;
import io.reportfiles.account.Identities;
import io.reportfiles.account.Identity;
import io.reportfiles.account.TestSettings;
import io.reportfiles.account.TokenDetails;
import io.reportfiles.account.TokenReach;
import io.reportfiles.config.AccountSettings;
import io.reportfiles.persistence.DatabaseReady;
import io.reportfiles.persistence.TestDatabase;
import io.reportfiles.web.PageRequest;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** What accounts, tokens and signing in do on every database. */
abstract class AccountsContract {

    private static final TokenReach ANYTHING = new TokenReach(Optional.empty());

    private static final String ACTIVE_ADMINISTRATORS = """
            select count(*) from account a join account_role r on r.account_id = a.id
            where a.state = 'ACTIVE' and r.role = 'ADMINISTRATOR'""";

    private static final PageRequest FIRST_PAGE = new PageRequest(1, 10);

    private TestDatabase database;
    private AccountFixture fixture;

    protected abstract TestDatabase database();

    @BeforeEach
    void openDatabase() {
        database = database();
        fixture = new AccountFixture(database);
    }

    @AfterEach
    void closeDatabase() {
        database.close();
    }

    @Nested
    class PasswordSignIn {

        @Test
        void findsTheActiveAccount() {
            AccountDetails anna = fixture.create("anna", AccountState.ACTIVE, Role.ANALYST, Role.REGIONAL_REVIEWER);

            Caller caller = fixture.signInWith("Anna", PASSWORD).orElseThrow().caller();

            assertThat(caller.accountId()).isEqualTo(anna.id());
            assertThat(caller.name()).isEqualTo("anna");
            assertThat(caller.roles()).containsExactlyInAnyOrder(Role.ANALYST, Role.REGIONAL_REVIEWER);
            assertThat(caller.organisation()).contains("ALPHA");
            assertThat(caller.region()).contains("NORTH");
        }

        @Test
        void findsAnAccountWithoutRoles() {
            fixture.create("anna", AccountState.ACTIVE);

            assertThat(fixture.signInWith("anna", PASSWORD)).isPresent();
        }

        @Test
        void failsAlikeForEveryReasonAndLeavesAnAuditRow() {
            fixture.create("anna", AccountState.ACTIVE);
            fixture.create("pending", AccountState.PENDING);
            int before = fixture.hash().verifications();

            assertThat(fixture.signInWith("anna", "wrong")).isEmpty();
            assertThat(fixture.signInWith("nobody", PASSWORD)).isEmpty();
            assertThat(fixture.signInWith("pending", PASSWORD)).isEmpty();
            assertThat(fixture.signInWith("no name\u0000", PASSWORD)).isEmpty();

            assertThat(fixture.hash().verifications() - before).isEqualTo(4);
            assertThat(fixture.count("select count(*) from audit_event where action = 'SIGN_IN_FAILED'"))
                    .isEqualTo(4);
        }

        @Test
        void failuresFromManyAddressesDoNotFillTheAuditAndHideNoneAtAnAccount() {
            AccountDetails anna = fixture.create("anna", AccountState.ACTIVE);
            for (int i = 0; i < FailedSignIns.ROWS + 20; i++) {
                assertThat(fixture.signInFrom("2001:db8:%x::1".formatted(i), "nobody" + i, "guess"))
                        .isEmpty();
            }
            assertThat(fixture.signInWith("anna", "wrong")).isEmpty();
            fixture.failures().write(fixture.clock().instant());

            String all = "select count(*) from audit_event where action = 'SIGN_IN_FAILED'";
            assertThat(fixture.count(all)).isEqualTo(FailedSignIns.ROWS + 1);
            assertThat(fixture.count(all + " and subject_id = '%s'".formatted(anna.id())))
                    .isEqualTo(1);
            String counted =
                    all + " and detail = '20 more for names that nobody has in the minute from 2026-07-01T08:00:00Z'";
            assertThat(fixture.count(counted)).as("the minute is not over").isZero();
            fixture.clock().advance(Duration.ofMinutes(1));
            fixture.failures().write(fixture.clock().instant());
            fixture.failures().write(fixture.clock().instant());
            assertThat(fixture.count(counted)).isEqualTo(1);
            assertThat(fixture.signInWith("nobody", "guess")).isEmpty();
            assertThat(fixture.count(all)).as("the next minute").isEqualTo(FailedSignIns.ROWS + 3);
        }

        @Test
        void seesADeactivationAtOnce() {
            fixture.create("root", AccountState.ACTIVE, Role.ADMINISTRATOR);
            AccountDetails anna = fixture.create("anna", AccountState.ACTIVE);
            assertThat(fixture.signInWith("anna", PASSWORD)).isPresent();

            fixture.accounts().deactivate(anna.id(), actor());

            assertThat(fixture.signInWith("anna", PASSWORD)).isEmpty();
        }

        @Test
        void doesNotTellThatAPasswordIsRightOnceTheAccountIsDeactivated() {
            AccountDetails anna = fixture.create("anna", AccountState.ACTIVE, Role.READER);
            assertThat(fixture.signInWith("anna", PASSWORD)).isPresent();
            fixture.accounts().deactivate(anna.id(), actor());

            for (int i = 0; i < TestSettings.SIGN_INS.failures(); i++) {
                int verifications = fixture.hash().verifications();
                assertThat(fixture.signInWith("anna", PASSWORD)).isEmpty();
                assertThat(fixture.hash().verifications())
                        .as("takes as long as a wrong one, each time")
                        .isEqualTo(verifications + 1);
            }
            assertThat(statusOf(() -> fixture.signInWith("anna", PASSWORD)))
                    .as("counted like wrong ones")
                    .isEqualTo(429);
        }

        @Test
        void seesANewPasswordAtOnce() {
            AccountDetails anna = fixture.create("anna", AccountState.ACTIVE);
            assertThat(fixture.signInWith("anna", PASSWORD)).isPresent();

            fixture.accounts().changePassword(anna.id(), "another password", actor());

            assertThat(fixture.signInWith("anna", PASSWORD)).isEmpty();
            assertThat(fixture.signInWith("anna", "another password")).isPresent();
        }

        @Test
        void renewsAHashThatKnowsOneSpellingOnly() {
            String decomposed = "Gru\u0308\u00dfe aus Ko\u0308ln";
            String composed = "Gr\u00fc\u00dfe aus K\u00f6ln";
            fixture.create("anna", AccountState.ACTIVE);
            database.execute("update account set password_hash = 'plain:%s' where name = 'anna'".formatted(decomposed));
            assertThat(fixture.signInWith("anna", composed)).isEmpty();

            Identity signedIn = fixture.signInWith("anna", decomposed).orElseThrow();

            BrowserSession session = fixture.signIn().sessionOf(signedIn);
            assertThat(fixture.signInWith("anna", composed))
                    .hasValueSatisfying(anna -> assertThat(anna.passwordHash()).contains("plain:" + composed));
            assertThat(fixture.signInWith("anna", decomposed)).isPresent();
            assertThat(fixture.signIn().withSession(session))
                    .as("goes on, for the password is the same")
                    .isPresent();
        }
    }

    @Nested
    class Sessions {

        @Test
        void endWithTheAccountAndWithThePassword() {
            fixture.create("root", AccountState.ACTIVE, Role.ADMINISTRATOR);
            AccountDetails anna = fixture.create("anna", AccountState.ACTIVE);
            BrowserSession session = fixture.signIn()
                    .sessionOf(fixture.signInWith("anna", PASSWORD).orElseThrow());
            assertThat(fixture.signIn().withSession(session)).isPresent();

            fixture.accounts().changePassword(anna.id(), "another password", actor());
            assertThat(fixture.signIn().withSession(session)).isEmpty();

            BrowserSession next = fixture.signIn()
                    .sessionOf(fixture.signInWith("anna", "another password").orElseThrow());
            assertThat(fixture.signIn().withSession(next)).isPresent();
            fixture.accounts().deactivate(anna.id(), actor());
            assertThat(fixture.signIn().withSession(next)).isEmpty();
            fixture.accounts().activate(anna.id(), actor());
            assertThat(fixture.signIn().withSession(next))
                    .as("not again either")
                    .isEmpty();
        }

        @Test
        void endEverywhereAtOnceAndLeaveTokens() {
            AccountDetails anna = fixture.create("anna", AccountState.ACTIVE);
            Identity signedIn = fixture.signInWith("anna", PASSWORD).orElseThrow();
            List<BrowserSession> sessions = List.of(
                    fixture.signIn().sessionOf(signedIn), fixture.signIn().sessionOf(signedIn));
            AccessTokens.Created token = fixture.tokens().create(signedIn.caller(), "cron", Optional.empty(), ANYTHING);

            fixture.accounts().endSessions(anna.id(), signedIn.caller());

            assertThat(sessions)
                    .allSatisfy(session ->
                            assertThat(fixture.signIn().withSession(session)).isEmpty());
            assertThat(fixture.signIn().withToken(token.secret())).isPresent();
            assertThat(fixture.audited()).contains("SESSIONS_ENDED");
        }

        @Test
        void endWhenTheirTimeIsOverHoweverBusyTheyAre() {
            fixture.create("anna", AccountState.ACTIVE);
            BrowserSession session = fixture.signIn()
                    .sessionOf(fixture.signInWith("anna", PASSWORD).orElseThrow());
            for (int hour = 0; hour < 12; hour++) {
                assertThat(fixture.signIn().withSession(session)).isPresent();
                fixture.clock().advance(Duration.ofHours(1));
            }
            assertThat(fixture.signIn().withSession(session)).isEmpty();
        }
    }

    @Nested
    class Tokens {

        private Caller anna;

        @BeforeEach
        void createAccount() {
            anna = fixture.callerOf(fixture.create("anna", AccountState.ACTIVE, Role.READER));
        }

        @Test
        void speakForTheirAccount() {
            AccessTokens.Created created = fixture.tokens().create(anna, "cron", Optional.empty(), ANYTHING);

            assertThat(fixture.signIn()
                            .withToken(created.secret())
                            .orElseThrow()
                            .caller())
                    .isEqualTo(anna.withToken(created.details().id(), new TokenReach(Optional.empty()).actions()));
            assertThat(fixture.tokens().list(anna))
                    .extracting(TokenDetails::name)
                    .containsExactly("cron");
            assertThat(fixture.tokens().find(anna, created.details().id())).isPresent();
        }

        @Test
        void areKeptAsHashesOnly() {
            AccessTokens.Created created = fixture.tokens().create(anna, "cron", Optional.empty(), ANYTHING);

            assertThat(fixture.count("select count(*) from access_token where token_hash = '%s'"
                            .formatted(created.secret().hash())))
                    .isEqualTo(1);
        }

        @Test
        void endWhenRevokedExpiredOrWithoutAnActiveAccount() {
            fixture.create("root", AccountState.ACTIVE, Role.ADMINISTRATOR);
            Instant expiry = fixture.clock().instant().plus(Duration.ofHours(1));
            AccessTokens.Created expiring = fixture.tokens().create(anna, "a", Optional.of(expiry), ANYTHING);
            AccessTokens.Created revoked = fixture.tokens().create(anna, "b", Optional.empty(), ANYTHING);
            AccessTokens.Created good = fixture.tokens().create(anna, "c", Optional.empty(), ANYTHING);

            assertThat(fixture.tokens().revoke(anna, revoked.details().id())).isTrue();
            assertThat(fixture.tokens().revoke(anna, revoked.details().id())).isFalse();
            assertThat(fixture.signIn().withToken(revoked.secret())).isEmpty();
            assertThat(fixture.tokens().list(anna))
                    .extracting(TokenDetails::name)
                    .containsExactlyInAnyOrder("a", "c");
            fixture.clock().advance(Duration.ofMinutes(59));
            assertThat(fixture.signIn().withToken(expiring.secret())).isPresent();
            fixture.clock().advance(Duration.ofMinutes(1));
            assertThat(fixture.signIn().withToken(expiring.secret())).isEmpty();
            assertThat(fixture.signIn().withToken(good.secret())).isPresent();
            fixture.accounts().deactivate(anna.accountId(), actor());
            assertThat(fixture.signIn().withToken(good.secret())).isEmpty();
        }

        @Test
        void areGoodForWhatTheyWereMadeForAndNeverForTokens() {
            TokenReach downloads = new TokenReach(Optional.of(Set.of(Action.DOWNLOAD, Action.VIEW_METADATA)));
            AccessTokens.Created limited = fixture.tokens().create(anna, "cron", Optional.empty(), downloads);
            AccessTokens.Created whole = fixture.tokens().create(anna, "all", Optional.empty(), ANYTHING);

            assertThat(fixture.signIn()
                            .withToken(limited.secret())
                            .orElseThrow()
                            .caller()
                            .limit())
                    .containsExactlyInAnyOrder(Action.DOWNLOAD, Action.VIEW_METADATA);
            assertThat(limited.details().actions()).contains(List.of("DOWNLOAD", "VIEW_METADATA"));
            assertThat(fixture.signIn()
                            .withToken(whole.secret())
                            .orElseThrow()
                            .caller()
                            .limit())
                    .hasSize(Action.values().length - 1)
                    .doesNotContain(Action.MANAGE_OWN_TOKENS);
        }

        @Test
        void areTheirOwnersBusinessOnly() {
            Caller bert = fixture.callerOf(fixture.create("bert", AccountState.ACTIVE));
            UUID id = fixture.tokens()
                    .create(anna, "cron", Optional.empty(), ANYTHING)
                    .details()
                    .id();

            assertThat(fixture.tokens().list(bert)).isEmpty();
            assertThat(fixture.tokens().find(bert, id)).isEmpty();
            assertThat(fixture.tokens().revoke(bert, id)).isFalse();
            assertThat(fixture.tokens().find(anna, id)).isPresent();
        }

        @Test
        void noteTheirUseNowAndThen() {
            AccessTokens.Created created = fixture.tokens().create(anna, "cron", Optional.empty(), ANYTHING);
            assertThat(lastUse(created)).isEmpty();

            Instant first = fixture.clock().instant();
            fixture.signIn().withToken(created.secret());
            assertThat(lastUse(created)).contains(first);

            fixture.clock().advance(Identities.USE_RESOLUTION.minusSeconds(1));
            fixture.signIn().withToken(created.secret());
            assertThat(lastUse(created)).contains(first);

            fixture.clock().advance(Duration.ofSeconds(2));
            fixture.signIn().withToken(created.secret());
            assertThat(lastUse(created)).contains(fixture.clock().instant());
        }

        @Test
        void haveALimit() {
            for (int i = 0; i < AccessTokens.MAX_PER_ACCOUNT; i++) {
                fixture.tokens().create(anna, "token " + i, Optional.empty(), ANYTHING);
            }

            assertThat(statusOf(() -> fixture.tokens().create(anna, "one more", Optional.empty(), ANYTHING)))
                    .isEqualTo(409);
        }

        private Optional<Instant> lastUse(AccessTokens.Created created) {
            return fixture.tokens()
                    .find(anna, created.details().id())
                    .orElseThrow()
                    .lastUsedAt();
        }
    }

    @Nested
    class Administration {

        @Test
        void namesAreUnique() {
            fixture.create("anna", AccountState.ACTIVE);

            assertThat(statusOf(() -> fixture.create("anna", AccountState.PENDING)))
                    .isEqualTo(409);
        }

        @Test
        void ofTwoWhoTakeANameAtOnceOneIsRefused() throws Exception {
            List<Callable<Integer>> attempts = new ArrayList<>();
            for (int i = 0; i < 8; i++) {
                attempts.add(() -> statusOf(() -> fixture.create("anna", AccountState.ACTIVE)));
            }

            assertThat(together(attempts)).containsOnlyOnce(200).containsOnly(200, 409);
        }

        @Test
        void changesArriveAndAreAudited() {
            AccountDetails anna = fixture.create("anna", AccountState.PENDING, Role.READER);

            fixture.accounts().approve(anna.id(), actor());
            AccountProfile changed =
                    new AccountProfile("Anna", profile(Role.ANALYST).roles(), Optional.empty(), Optional.empty());
            fixture.accounts().change(anna.id(), before -> changed, actor());
            fixture.accounts().deactivate(anna.id(), actor());
            fixture.accounts().deactivate(anna.id(), actor());
            fixture.accounts().activate(anna.id(), actor());

            AccountDetails found = fixture.search().require(anna.id());
            assertThat(found.profile()).isEqualTo(changed);
            assertThat(found.state()).isEqualTo(AccountState.ACTIVE);
            assertThat(fixture.audited())
                    .containsExactlyInAnyOrder(
                            "ACCOUNT_CREATED",
                            "ACCOUNT_APPROVED",
                            "ACCOUNT_CHANGED",
                            "ACCOUNT_DEACTIVATED",
                            "ACCOUNT_ACTIVATED");
        }

        @Test
        void onlyPendingAccountsAreApproved() {
            UUID active = fixture.create("anna", AccountState.ACTIVE).id();
            UUID pending = fixture.create("bert", AccountState.PENDING).id();

            assertThat(statusOf(() -> fixture.accounts().approve(active, actor())))
                    .isEqualTo(409);
            assertThat(statusOf(() -> fixture.accounts().activate(pending, actor())))
                    .isEqualTo(409);
        }

        @Test
        void unknownAccountsAreNotFound() {
            UUID nobody = UUID.randomUUID();

            assertThat(statusOf(() -> fixture.accounts().approve(nobody, actor())))
                    .isEqualTo(404);
            assertThat(statusOf(() -> fixture.accounts().change(nobody, before -> profile(), actor())))
                    .isEqualTo(404);
            assertThat(statusOf(() -> fixture.search().require(nobody))).isEqualTo(404);
        }

        @Test
        void theLastActiveAdministratorStays() {
            UUID root = fixture.create("root", AccountState.ACTIVE, Role.ADMINISTRATOR)
                    .id();
            fixture.create("pending", AccountState.PENDING, Role.ADMINISTRATOR);

            assertThat(statusOf(() -> fixture.accounts().deactivate(root, actor())))
                    .isEqualTo(409);
            assertThat(statusOf(() -> fixture.accounts().change(root, before -> profile(Role.READER), actor())))
                    .isEqualTo(409);
            assertThatCode(() -> fixture.accounts().change(root, before -> profile(Role.ADMINISTRATOR), actor()))
                    .doesNotThrowAnyException();
        }

        @Test
        void administratorsWhoDeactivateAndDemoteEachOtherAtOnceLeaveOne() throws Exception {
            List<Callable<Integer>> attempts = new ArrayList<>();
            for (int i = 0; i < 6; i++) {
                UUID id = fixture.create("root" + i, AccountState.ACTIVE, Role.ADMINISTRATOR)
                        .id();
                boolean demoted = i % 2 == 0;
                attempts.add(() -> statusOf(() -> {
                    if (demoted) {
                        fixture.accounts().change(id, before -> profile(Role.READER), actor());
                    } else {
                        fixture.accounts().deactivate(id, actor());
                    }
                }));
            }

            assertThat(together(attempts)).containsOnlyOnce(409).containsOnly(200, 409);
            assertThat(fixture.count(ACTIVE_ADMINISTRATORS)).isEqualTo(1);
        }

        @Test
        void listsArePagedAndFiltered() {
            for (String name : List.of("dora", "anna", "berta", "clara")) {
                fixture.create(name, AccountState.ACTIVE, Role.READER, Role.ANALYST);
            }
            fixture.create("pending_1", AccountState.PENDING);

            assertThat(names(Optional.empty(), Optional.empty(), FIRST_PAGE))
                    .containsExactly("anna", "berta", "clara", "dora", "pending_1");
            assertThat(names(Optional.empty(), Optional.of(AccountState.ACTIVE), new PageRequest(2, 3)))
                    .containsExactly("dora");
            assertThat(names(Optional.of("ER"), Optional.empty(), FIRST_PAGE)).containsExactly("berta");
            assertThat(names(Optional.of("_"), Optional.empty(), FIRST_PAGE)).containsExactly("pending_1");
            assertThat(names(Optional.of("some body"), Optional.empty(), FIRST_PAGE))
                    .hasSize(5);
            assertThat(fixture.search()
                            .list(Optional.empty(), Optional.empty(), new PageRequest(9, 2))
                            .items())
                    .isEmpty();
        }

        private List<String> names(Optional<String> text, Optional<AccountState> state, PageRequest page) {
            return fixture.search().list(text, state, page).items().stream()
                    .map(AccountDetails::name)
                    .toList();
        }
    }

    @Nested
    class ExternalPeople {

        @Test
        void keepTheirAccountAndFollowTheirGroups() {
            Caller first = signIn("olga", Role.ANALYST, Role.AUDITOR);
            Caller second = signIn("olga", Role.READER);
            Caller third = signIn("olga");

            assertThat(second.accountId()).isEqualTo(first.accountId());
            assertThat(first.roles()).containsExactlyInAnyOrder(Role.ANALYST, Role.AUDITOR);
            assertThat(second.roles()).containsExactly(Role.READER);
            assertThat(third.roles()).isEmpty();
        }

        @Test
        void lastAdministratorStaysOneAndTheNextToLastDoesNot() {
            signIn("olga", Role.ADMINISTRATOR);
            signIn("paul", Role.ADMINISTRATOR);

            assertThat(signIn("olga", Role.READER).roles()).containsExactly(Role.READER);
            assertThat(signIn("paul", Role.READER).roles()).containsExactlyInAnyOrder(Role.ADMINISTRATOR, Role.READER);
            assertThat(signIn("paul").roles()).containsExactly(Role.ADMINISTRATOR);
            signIn("olga", Role.ADMINISTRATOR);
            assertThat(signIn("paul").roles()).isEmpty();
        }

        @Test
        void administratorsWhoLoseTheirGroupAtOnceLeaveOne() throws Exception {
            List<Callable<Integer>> attempts = new ArrayList<>();
            for (int i = 0; i < 6; i++) {
                String name = "root" + i;
                signIn(name, Role.ADMINISTRATOR);
                attempts.add(() -> statusOf(() -> signIn(name)));
            }

            assertThat(together(attempts)).containsOnly(200);
            assertThat(fixture.count(ACTIVE_ADMINISTRATORS)).isEqualTo(1);
        }

        @Test
        void getNoPasswordHere() {
            UUID id = signIn("olga", Role.READER).accountId();

            assertThat(statusOf(() -> fixture.accounts().changePassword(id, "another password", actor())))
                    .isEqualTo(409);
        }

        private Caller signIn(String name, Role... roles) {
            return fixture.externalAccounts()
                    .accountOf(new ExternalIdentity("https://idp.example", name + "-id", name, profile(roles)))
                    .caller();
        }
    }

    @Nested
    class FirstStart {

        @Test
        void createsAnAdministratorOnceHoweverManyNodesStart() throws Exception {
            List<Callable<Integer>> nodes = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                nodes.add(() -> statusOf(this::start));
            }

            assertThat(together(nodes)).containsOnly(200);
            assertThat(fixture.search()
                            .list(Optional.empty(), Optional.empty(), FIRST_PAGE)
                            .items())
                    .singleElement()
                    .satisfies(admin -> {
                        assertThat(admin.name()).isEqualTo("admin");
                        assertThat(admin.state()).isEqualTo(AccountState.ACTIVE);
                        assertThat(admin.profile().roles()).containsExactly(Role.ADMINISTRATOR);
                    });
        }

        @Test
        void takesTheConfiguredPasswordAndNeverAgain() {
            start();
            assertThat(fixture.signInWith("admin", "configured password")).isPresent();
            fixture.accounts()
                    .changePassword(
                            fixture.signInWith("admin", "configured password")
                                    .orElseThrow()
                                    .caller()
                                    .accountId(),
                            "another password",
                            actor());

            start();

            assertThat(fixture.signInWith("admin", "configured password")).isEmpty();
        }

        @Test
        void leavesADatabaseWithAccountsAlone() {
            fixture.create("anna", AccountState.DEACTIVATED);

            start();

            assertThat(fixture.count("select count(*) from account")).isEqualTo(1);
        }

        @Test
        void createsNobodyWhoCouldNotSignIn() {
            start(TestSettings.NO_PASSWORDS);

            assertThat(fixture.count("select count(*) from account")).isZero();
        }

        private void start() {
            start(TestSettings.withFirstPassword("configured password"));
        }

        private void start(AccountSettings settings) {
            new FirstAdministrator(fixture.accounts(), fixture.passwords(), settings)
                    .createIfNeeded(new DatabaseReady());
        }
    }

    private static <T> List<T> together(List<Callable<T>> actions) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(actions.size());
        try {
            List<T> results = new ArrayList<>();
            for (Future<T> result : threads.invokeAll(actions)) {
                results.add(result.get());
            }
            return results;
        } finally {
            threads.shutdown();
        }
    }
}
