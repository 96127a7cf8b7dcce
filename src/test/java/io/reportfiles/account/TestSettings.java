package io.reportfiles.account;

import io.reportfiles.config.AccountSettings;
import io.reportfiles.config.Secret;
import java.time.Duration;
import java.util.Optional;

/** The defaults. */
final class TestSettings {

    static final AccountSettings ACCOUNTS = settings(Optional.empty());

    private TestSettings() {}

    static AccountSettings withFirstPassword(String password) {
        return settings(Optional.of(new Secret(password)));
    }

    private static AccountSettings settings(Optional<Secret> firstPassword) {
        return new AccountSettings(firstPassword, 12, 210_000, 2, Duration.ofSeconds(30), Duration.ofHours(2));
    }
}
