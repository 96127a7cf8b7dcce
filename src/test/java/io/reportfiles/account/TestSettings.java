package io.reportfiles.account;

import io.reportfiles.config.AccountSettings;
import io.reportfiles.config.Secret;
import io.reportfiles.config.SignInSettings;
import java.time.Duration;
import java.util.Optional;

/** The defaults. */
public final class TestSettings {

    public static final AccountSettings ACCOUNTS = settings(Optional.empty(), true);

    /** Passwords that are kept here let nobody in. */
    public static final AccountSettings NO_PASSWORDS = settings(Optional.empty(), false);

    public static final SignInSettings SIGN_INS = new SignInSettings(5, 100, Duration.ofMinutes(1));

    private TestSettings() {}

    public static AccountSettings withFirstPassword(String password) {
        return settings(Optional.of(new Secret(password)), true);
    }

    private static AccountSettings settings(Optional<Secret> firstPassword, boolean passwordSignIn) {
        return new AccountSettings(
                firstPassword,
                passwordSignIn,
                12,
                210_000,
                2,
                Duration.ofSeconds(30),
                Duration.ofHours(2),
                Duration.ofHours(12),
                false);
    }
}
