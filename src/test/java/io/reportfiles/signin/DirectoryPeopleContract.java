package io.reportfiles.signin;

import static io.reportfiles.signin.AccountFixture.PASSWORD;
import static io.reportfiles.signin.AccountFixture.actor;
import static io.reportfiles.signin.AccountFixture.profile;
import static io.reportfiles.signin.AccountFixture.statusOf;
import static org.assertj.core.api.Assertions.assertThat;

import io.reportfiles.access.AccountState;
import io.reportfiles.access.Caller;
import io.reportfiles.access.Role;
import io.reportfiles.account.AccountDetails;
import io.reportfiles.account.TestSettings;
import io.reportfiles.persistence.TestDatabase;
import io.reportfiles.web.PageRequest;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What signing in does, on every database, for people whose passwords a directory keeps. */
abstract class DirectoryPeopleContract {

    private static final String THEIRS = "kept by the directory";

    private TestDatabase database;
    private AccountFixture fixture;

    protected abstract TestDatabase database();

    @BeforeEach
    void openDatabase() {
        database = database();
        fixture = new AccountFixture(database);
        fixture.create("root", AccountState.ACTIVE, Role.ADMINISTRATOR);
        fixture.directory().put("dora", THEIRS, profile(Role.ANALYST));
        fixture.directory().put("emil", THEIRS, profile());
    }

    @AfterEach
    void closeDatabase() {
        database.close();
    }

    @Test
    void getAnAccountWithTheRolesOfTheirGroups() {
        Caller dora = fixture.signInWithDirectory("dora", THEIRS).orElseThrow().caller();

        assertThat(dora.name()).isEqualTo("dora");
        assertThat(dora.roles()).containsExactly(Role.ANALYST);
        assertThat(dora.organisation()).contains("ALPHA");
        assertThat(fixture.count(
                        "select count(*) from audit_event where detail = 'dora ACTIVE [ANALYST] as ldap says'"))
                .isEqualTo(1);
        assertThat(fixture.signInWith("dora", THEIRS))
                .as("where no directory is configured")
                .isEmpty();
    }

    @Test
    void areTheOnlyOnesWhereNoPasswordIsTakenThatIsKeptHere() {
        assertThat(fixture.signInWithoutPasswords("dora", THEIRS)).isPresent();
        for (int i = 0; i < TestSettings.SIGN_INS.failures(); i++) {
            int verifications = fixture.hash().verifications();
            assertThat(fixture.signInWithoutPasswords("root", PASSWORD)).isEmpty();
            assertThat(fixture.hash().verifications()).isEqualTo(verifications + 1);
        }
        assertThat(statusOf(() -> fixture.signInWithoutPasswords("root", PASSWORD)))
                .as("counted like wrong ones")
                .isEqualTo(429);
        assertThat(fixture.signInWith("root", PASSWORD)).isPresent();
    }

    @Test
    void areAskedForOnceInAWhile() {
        for (int i = 0; i < 3; i++) {
            assertThat(fixture.signInWithDirectory("dora", THEIRS)).isPresent();
        }
        assertThat(fixture.directory().asked()).hasSize(1);

        fixture.clock().advance(TestSettings.ACCOUNTS.passwordMemory());
        fixture.directory().put("dora", "another one", profile(Role.READER));
        assertThat(fixture.signInWithDirectory("dora", THEIRS)).isEmpty();
        assertThat(fixture.signInWithDirectory("dora", "another one")
                        .orElseThrow()
                        .caller()
                        .roles())
                .containsExactly(Role.READER);
    }

    @Test
    void waitForApprovalWithoutAGroupAndAreOutWithTheAccountAtOnce() {
        assertThat(statusOf(() -> fixture.signInWithDirectory("emil", THEIRS))).isEqualTo(403);
        UUID emil = account("emil").id();
        assertThat(account("emil").state()).isEqualTo(AccountState.PENDING);

        fixture.accounts().approve(emil, actor());
        assertThat(fixture.signInWithDirectory("emil", THEIRS)).isPresent();
        fixture.accounts().deactivate(emil, actor());
        assertThat(fixture.signInWithDirectory("emil", THEIRS))
                .as("though the password is remembered")
                .isEmpty();
        fixture.clock().advance(TestSettings.ACCOUNTS.passwordMemory());
        assertThat(fixture.signInWithDirectory("emil", THEIRS)).isEmpty();
    }

    @Test
    void areNotToldThatAPasswordIsRightOnceTheAccountIsDeactivated() {
        assertThat(fixture.signInWithDirectory("dora", THEIRS)).isPresent();
        fixture.accounts().deactivate(account("dora").id(), actor());

        for (int i = 0; i < TestSettings.SIGN_INS.failures(); i++) {
            assertRefusedLikeAnybody("dora", THEIRS);
        }
        assertThat(statusOf(() -> fixture.signInWithDirectory("dora", THEIRS)))
                .as("counted like wrong ones")
                .isEqualTo(429);
    }

    @Test
    void neverGetANameThatIsTaken() {
        fixture.directory().put("root", THEIRS, profile(Role.ANALYST));
        fixture.directory().put("root ", THEIRS, profile(Role.ANALYST));

        for (String name : List.of("root", "root ", "\troot")) {
            assertThat(fixture.signInWithDirectory(name, THEIRS)).as(name).isEmpty();
            assertThat(fixture.signInWithDirectory(name, PASSWORD)
                            .orElseThrow()
                            .caller()
                            .roles())
                    .as(name)
                    .containsExactly(Role.ADMINISTRATOR);
        }
        for (String name : List.of("root\u00a0", "ro\u00adot", "\uff52oot")) {
            fixture.directory().put(name, THEIRS, profile(Role.ANALYST));
            assertThat(fixture.signInWithDirectory(name, THEIRS)).as(name).isEmpty();
            assertThat(fixture.signInWithDirectory(name, PASSWORD))
                    .as("nobody is called so")
                    .isEmpty();
            fixture.signInWithDirectory("root", PASSWORD);
        }
        assertThat(fixture.directory().asked())
                .as("passwords of accounts here are none of its business")
                .noneMatch(question ->
                        question.contains("oot") || question.contains(THEIRS) || question.contains(PASSWORD));
    }

    @Test
    void areRefusedWithTheSameStepsAsEverybodyElse() {
        for (String name : List.of("root", "dora", "nobody", "no name\u0000", " ", "x".repeat(101))) {
            assertRefusedLikeAnybody(name, "wrong");
        }
        assertThat(fixture.count("select count(*) from audit_event where action = 'SIGN_IN_FAILED'"))
                .isEqualTo(6);
    }

    @Test
    void areNeverAskedForWithAnEmptyPassword() {
        fixture.directory().put("dora", "", profile(Role.ANALYST));

        assertThat(fixture.signInWithDirectory("dora", "")).isEmpty();
        assertThat(fixture.directory().asked()).noneMatch(question -> question.contains("dora"));
    }

    @Test
    void areSlowedDownWhenTheyGuess() {
        for (int i = 0; i < TestSettings.SIGN_INS.failures(); i++) {
            assertThat(fixture.signInWithDirectory("dora", "guess " + i)).isEmpty();
        }

        for (String spelling : List.of("dora", "do\u00adra", "DORA ")) {
            assertThat(statusOf(() -> fixture.signInWithDirectory(spelling, THEIRS)))
                    .as(spelling)
                    .isEqualTo(429);
        }
        fixture.clock().advance(SignInThrottle.FIRST_WAIT);
        assertThat(fixture.signInWithDirectory("dora", THEIRS)).isPresent();
    }

    @Test
    void areSlowedDownEachAloneAlsoWithNamesThatNoAccountCanHave() {
        fixture.directory().put("CORP\\dora", THEIRS, profile(Role.ANALYST));
        fixture.directory().put("m\u00fcller", THEIRS, profile(Role.ANALYST));
        List<String> spellings =
                List.of("m\u00fcller", "M\u00dcLLER", "mu\u0308ller", "m\u00fc\u00adller", "m\u00fc\u200bller ");
        for (String spelling : spellings) {
            assertThat(fixture.signInWithDirectory(spelling, "guess")).isEmpty();
            assertThat(fixture.signInWithDirectory("CORP\\dora", THEIRS))
                    .as("somebody else")
                    .isPresent();
        }

        assertThat(statusOf(() -> fixture.signInWithDirectory("m\u00fcller", THEIRS)))
                .isEqualTo(429);
        assertThat(statusOf(() -> fixture.signInWithDirectory("CORP\\emil", THEIRS)))
                .isEqualTo(200);
        assertThat(fixture.count("select count(*) from audit_event where action = 'SIGN_IN_FAILED' and actor = ''"))
                .as("none of them in the audit")
                .isEqualTo(6);
        fixture.clock().advance(SignInThrottle.FIRST_WAIT);
        assertThat(fixture.signInWithDirectory("m\u00fcller", THEIRS)).isPresent();
    }

    @Test
    void hearThatTheDirectoryIsAwayWhileTheOthersGoOn() {
        assertThat(fixture.signInWithDirectory("dora", THEIRS)).isPresent();
        fixture.directory().leave();

        assertThat(fixture.signInWithDirectory("root", PASSWORD)).isPresent();
        assertThat(fixture.signInWithDirectory("dora", THEIRS)).as("remembered").isPresent();
        fixture.clock().advance(TestSettings.ACCOUNTS.passwordMemory());
        for (String name : List.of("root", "dora", "nobody")) {
            assertThat(statusOf(() -> fixture.signInWithDirectory(name, "wrong")))
                    .as(name)
                    .isEqualTo(503);
        }
        assertThat(fixture.count("select count(*) from audit_event where action = 'SIGN_IN_FAILED'"))
                .isEqualTo(3);
        assertThat(fixture.count("select count(*) from audit_event where detail like 'directory away from %'"))
                .isEqualTo(2);
    }

    private void assertRefusedLikeAnybody(String name, String password) {
        int questions = fixture.directory().asked().size();
        int verifications = fixture.hash().verifications();
        long start = System.nanoTime();

        assertThat(fixture.signInWithDirectory(name, password)).isEmpty();

        assertThat(Duration.ofNanos(System.nanoTime() - start))
                .as(name)
                .isGreaterThanOrEqualTo(AccountFixture.REFUSAL_TIME.minusMillis(1));
        assertThat(fixture.directory().asked()).as(name).hasSize(questions + 1);
        assertThat(fixture.hash().verifications()).as(name).isEqualTo(verifications + 1);
    }

    private AccountDetails account(String name) {
        return fixture.search()
                .list(Optional.of(name), Optional.empty(), new PageRequest(1, 10))
                .items()
                .get(0);
    }
}
