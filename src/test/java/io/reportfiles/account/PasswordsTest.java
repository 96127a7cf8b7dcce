package io.reportfiles.account;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.reportfiles.persistence.MovableClock;
import io.reportfiles.web.ProblemException;
import jakarta.security.enterprise.identitystore.Pbkdf2PasswordHash;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.glassfish.soteria.identitystores.hash.Pbkdf2PasswordHashImpl;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PasswordsTest {

    private final MovableClock clock = new MovableClock(Instant.parse("2026-07-01T08:00:00Z"));
    private final CountingHash hash = new CountingHash(Map.of("Pbkdf2PasswordHash.Iterations", "1024")); // to be quick
    private final Passwords passwords = passwords(clock, hash);
    private final CountingHash realHash = new CountingHash(Map.of());
    private final Passwords realPasswords = passwords(clock, realHash);

    @Test
    void passwordsAreKeptAsSaltedPbkdf2() {
        String stored = realPasswords.hash("correct horse");

        assertThat(stored).startsWith("PBKDF2WithHmacSHA512:210000:").isNotEqualTo(realPasswords.hash("correct horse"));
        assertThat(realPasswords.verify("correct horse", Optional.of(stored))).isTrue();
        assertThat(realPasswords.verify("Correct horse", Optional.of(stored))).isFalse();
        assertThat(realPasswords.verify("", Optional.of(stored))).isFalse();
    }

    @Test
    void aPasswordIsComputedOnceInAWhile() {
        Optional<String> stored = Optional.of(passwords.hash("correct horse"));

        for (int i = 0; i < 5; i++) {
            assertThat(passwords.verify("correct horse", stored)).isTrue();
        }
        assertThat(hash.verifications()).isEqualTo(1);
        clock.advance(Duration.ofSeconds(31));
        assertThat(passwords.verify("correct horse", stored)).isTrue();
        assertThat(hash.verifications()).isEqualTo(2);
    }

    @Test
    void aWrongPasswordIsComputedEachTime() {
        Optional<String> stored = Optional.of(passwords.hash("correct horse"));

        passwords.verify("wrong", stored);
        passwords.verify("wrong", stored);

        assertThat(hash.verifications()).isEqualTo(2);
    }

    @Test
    void aStrangerCostsAsMuchAsAnybody() {
        assertThat(realPasswords.verify("correct horse", Optional.empty())).isFalse();
        assertThat(realHash.verifications()).isEqualTo(1);
        assertThat(realHash.lastHash().split(":"))
                .hasSameSizeAs(realPasswords.hash("x").split(":"))
                .startsWith("PBKDF2WithHmacSHA512", "210000");
        assertThat(realHash.lastHash()).hasSameSizeAs(realPasswords.hash("x"));
    }

    @Test
    void anUnreadableHashMatchesNothing() {
        assertThat(passwords.verify("correct horse", Optional.of("no hash"))).isFalse();
    }

    @Test
    void anOverlongPasswordIsRefusedWithoutWork() {
        assertThat(passwords.verify("x".repeat(100_000), Optional.empty())).isFalse();
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
    void aThreadThatIsToStopDoesNotWait() {
        Thread.currentThread().interrupt();

        assertThatThrownBy(() -> passwords.hash("correct horse")).isInstanceOf(ProblemException.class);
        assertThat(Thread.interrupted()).isTrue();
    }

    static Passwords passwords(Clock clock, Pbkdf2PasswordHash hash) {
        return new Passwords(hash, TestSettings.ACCOUNTS, clock, new SecureRandom());
    }

    /** The platform's hash, counting. */
    private static final class CountingHash implements Pbkdf2PasswordHash {

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
