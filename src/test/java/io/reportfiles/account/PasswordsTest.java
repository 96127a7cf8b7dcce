package io.reportfiles.account;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import io.reportfiles.persistence.MovableClock;
import io.reportfiles.signin.SignInThrottle;
import io.reportfiles.web.problem.ProblemException;
import io.reportfiles.web.problem.ProblemType;
import jakarta.security.enterprise.identitystore.Pbkdf2PasswordHash;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.glassfish.soteria.identitystores.hash.Pbkdf2PasswordHashImpl;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

public class PasswordsTest {

    private final MovableClock clock = new MovableClock(Instant.parse("2026-07-01T08:00:00Z"));
    private final CountingHash hash = new CountingHash(Map.of("Pbkdf2PasswordHash.Iterations", "1024")); // to be quick
    private final Passwords passwords = passwords(clock, hash);
    private final CountingHash realHash = new CountingHash(Map.of());
    private final Passwords realPasswords = passwords(clock, realHash);

    @Test
    void passwordsAreKeptAsSaltedPbkdf2() {
        String stored = realPasswords.hash("correct horse");

        assertThat(stored).startsWith("PBKDF2WithHmacSHA512:210000:").isNotEqualTo(realPasswords.hash("correct horse"));
        assertThat(verify(realPasswords, "correct horse", Optional.of(stored))).isTrue();
        assertThat(verify(realPasswords, "Correct horse", Optional.of(stored))).isFalse();
        assertThat(verify(realPasswords, "", Optional.of(stored))).isFalse();
    }

    @Test
    void aPasswordIsComputedOnceInAWhile() {
        Optional<String> stored = Optional.of(passwords.hash("correct horse"));

        for (int i = 0; i < 5; i++) {
            assertThat(verify(passwords, "correct horse", stored)).isTrue();
        }
        assertThat(hash.verifications()).isEqualTo(1);
        clock.advance(Duration.ofSeconds(31));
        assertThat(verify(passwords, "correct horse", stored)).isTrue();
        assertThat(hash.verifications()).isEqualTo(2);
    }

    @Test
    void aWrongPasswordIsComputedEachTime() {
        Optional<String> stored = Optional.of(passwords.hash("correct horse"));

        verify(passwords, "wrong", stored);
        verify(passwords, "wrong", stored);

        assertThat(hash.verifications()).isEqualTo(2);
    }

    @Test
    void aStrangerCostsAsMuchAsAnybody() {
        assertThat(verify(realPasswords, "correct horse", Optional.empty())).isFalse();
        assertThat(realHash.verifications()).isEqualTo(1);
        assertThat(realHash.lastHash().split(":"))
                .hasSameSizeAs(realPasswords.hash("x").split(":"))
                .startsWith("PBKDF2WithHmacSHA512", "210000");
        assertThat(realHash.lastHash()).hasSameSizeAs(realPasswords.hash("x"));
    }

    @Test
    void anUnreadableHashMatchesNothing() {
        assertThat(verify(passwords, "correct horse", Optional.of("no hash"))).isFalse();
    }

    @Test
    void anOverlongPasswordIsRefusedWithoutWork() {
        assertThat(verify(passwords, "x".repeat(100_000), Optional.empty())).isFalse();
        assertThat(hash.verifications()).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "eleven char", "with\u0000nul character", "with\nline break"})
    void newPasswordsThatAreTooShortOrHaveControlCharactersAreRefused(String password) {
        assertThat(passwords.defectOf(password)).isPresent();
    }

    @Test
    void newPasswordsHaveTwelveToAThousandCharacters() {
        assertThat(passwords.defectOf("x".repeat(12))).isEmpty();
        assertThat(passwords.defectOf("x".repeat(1_000))).isEmpty();
        assertThat(passwords.defectOf("x".repeat(1_001))).isPresent();
        assertThat(passwords.defectOf("\uD83D\uDE00".repeat(11))).isPresent();
    }

    @Test
    void aPasswordIsTheSameHoweverItsCharactersAreSpelled() {
        String composed = "Gr\u00fc\u00dfe aus K\u00f6ln";
        String decomposed = "Gru\u0308\u00dfe\u00a0aus\u3000Ko\u0308ln";
        for (String chosen : List.of(composed, decomposed)) {
            Optional<String> stored = Optional.of(passwords.hash(chosen));
            for (String typed : List.of(composed, decomposed)) {
                assertThat(passwords.verify(typed, stored, anAttempt())).isEqualTo(Passwords.Verdict.RIGHT);
            }
            assertThat(verify(passwords, composed.toLowerCase(Locale.ROOT), stored))
                    .isFalse();
            assertThat(verify(passwords, composed + " ", stored)).isFalse();
        }
        Optional<String> wide = Optional.of(passwords.hash("\uff50assword of width"));
        assertThat(verify(passwords, "password of width", wide)).isFalse();
    }

    @Test
    void aHashOfAPasswordAsItWasTypedStillVerifies() {
        String decomposed = "Gru\u0308\u00dfe aus Ko\u0308ln";
        Optional<String> old = Optional.of(hash.generate(decomposed.toCharArray()));

        assertThat(passwords.verify(decomposed, old, anAttempt())).isEqualTo(Passwords.Verdict.RIGHT_AS_TYPED);
        assertThat(passwords.verify(decomposed, old, anAttempt()))
                .as("remembered")
                .isEqualTo(Passwords.Verdict.RIGHT_AS_TYPED);
        assertThat(hash.verifications()).isEqualTo(2);
    }

    @Test
    void whatARefusalCostsDoesNotTellWhetherThereIsSuchAnAccount() {
        String decomposed = "Gru\u0308\u00dfe aus Ko\u0308ln";
        Optional<String> stored = Optional.of(passwords.hash("correct horse"));

        assertThat(verify(passwords, decomposed, stored)).isFalse();
        int known = hash.verifications();
        assertThat(verify(passwords, decomposed, Optional.empty())).isFalse();
        int unknown = hash.verifications() - known;
        passwords.spendTime(decomposed);

        assertThat(known).isEqualTo(2).isEqualTo(unknown);
        assertThat(hash.verifications()).isEqualTo(6);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\u0085 next line in it",
                "line\u2028separator in it",
                "half of a \ud83d character",
                "no character \uffff in it",
                "private use \ue000 in it",
                "not assigned \u0378 in it"
            })
    void newPasswordsHaveOnlyCharactersThatStayWhatTheyAre(String password) {
        assertThat(passwords.defectOf(password)).isPresent();
        assertThat(passwords.defectOf("a family \ud83d\udc68\u200d\ud83d\udc69 and \uff21\u0130\u00df"))
                .isEmpty();
    }

    private SignInAttempt anAttempt() {
        return new SignInThrottle(TestSettings.SIGN_INS, clock).attempt(Optional.empty(), "192.0.2.1");
    }

    @Test
    void aThreadThatIsToStopDoesNotWait() {
        Thread.currentThread().interrupt();

        assertThatThrownBy(() -> passwords.hash("correct horse")).isInstanceOf(ProblemException.class);
        assertThat(Thread.interrupted()).isTrue();
    }

    @Test
    void fewRequestsWaitAndTheOthersAreSentAwayAtOnce() throws InterruptedException {
        CountDownLatch release = new CountDownLatch(1);
        CountingHash slow = new CountingHash(Map.of("Pbkdf2PasswordHash.Iterations", "1024")) {
            @Override
            public String generate(char[] password) {
                awaitQuietly(release);
                return "hash";
            }
        };
        Passwords busy = passwords(clock, slow);
        int served = TestSettings.ACCOUNTS.concurrentPasswordChecks() + ConcurrencyLimit.MOST_WAITING;
        ExecutorService requests = Executors.newFixedThreadPool(served);
        try {
            List<Future<String>> answers = IntStream.range(0, served)
                    .mapToObj(i -> requests.submit(() -> busy.hash("correct horse")))
                    .toList();
            while (busy.waiting() < ConcurrencyLimit.MOST_WAITING) {
                Thread.onSpinWait();
            }

            assertTimeoutPreemptively(
                    Duration.ofSeconds(1),
                    () -> assertThatThrownBy(() -> busy.hash("correct horse"))
                            .isInstanceOfSatisfying(ProblemException.class, refused -> {
                                assertThat(refused.type()).isEqualTo(ProblemType.BUSY);
                                assertThat(refused.retryAfter()).isPresent();
                            }));

            release.countDown();
            assertThat(answers).allSatisfy(answer -> assertThat(answer.get()).isEqualTo("hash"));
            assertThat(busy.waiting()).isZero();
        } finally {
            requests.shutdownNow();
        }
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void attemptIsAskedAgainBeforeTheWorkAndToldOfAFailure() {
        Optional<String> stored = Optional.of(passwords.hash("correct horse"));
        List<String> calls = new ArrayList<>();
        SignInAttempt attempt = new SignInAttempt() {
            @Override
            public void admit() {
                calls.add("admit");
            }

            @Override
            public void failed() {
                calls.add("failed");
            }

            @Override
            public void succeeded() {
                calls.add("succeeded");
            }
        };

        assertThat(passwords.verify("wrong", stored, attempt).isRight()).isFalse();
        assertThat(calls).containsExactly("admit", "admit", "failed");
        calls.clear();
        assertThat(passwords.verify("correct horse", stored, attempt).isRight()).isTrue();
        assertThat(calls).containsExactly("admit", "admit");
        calls.clear();
        assertThat(passwords.verify("correct horse", stored, attempt).isRight()).isTrue();
        assertThat(calls).as("a known password is not held up").isEmpty();
    }

    private boolean verify(Passwords passwords, String password, Optional<String> stored) {
        SignInThrottle throttle = new SignInThrottle(TestSettings.SIGN_INS, clock);
        return passwords
                .verify(password, stored, throttle.attempt(Optional.empty(), "192.0.2.1"))
                .isRight();
    }

    public static Passwords passwords(Clock clock, Pbkdf2PasswordHash hash) {
        return new Passwords(hash, TestSettings.ACCOUNTS, clock, new SecureRandom());
    }

    /** The platform's hash, counting. */
    private static class CountingHash implements Pbkdf2PasswordHash {

        private final Pbkdf2PasswordHash platform = new Pbkdf2PasswordHashImpl();
        private final Map<String, String> instead;
        private final AtomicInteger verifications = new AtomicInteger();
        private volatile String lastHash = "";

        /** @param instead parameters to be used whatever others are asked for */
        CountingHash(Map<String, String> instead) {
            this.instead = instead;
        }

        int verifications() {
            return verifications.get();
        }

        String lastHash() {
            return lastHash;
        }

        @Override
        public void initialize(Map<String, String> parameters) {
            Map<String, String> all = new HashMap<>(parameters);
            all.putAll(instead);
            platform.initialize(all);
        }

        @Override
        public String generate(char[] password) {
            return platform.generate(password);
        }

        @Override
        public boolean verify(char[] password, String hashedPassword) {
            verifications.incrementAndGet();
            lastHash = hashedPassword;
            return platform.verify(password, hashedPassword);
        }
    }
}
