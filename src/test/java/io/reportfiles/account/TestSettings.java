package io.reportfiles.account;

import io.reportfiles.config.AccountSettings;
import java.time.Duration;
import java.util.Optional;

/** The defaults. */
final class TestSettings {

    static final AccountSettings ACCOUNTS =
            new AccountSettings(Optional.empty(), 12, 210_000, 2, Duration.ofSeconds(30), Duration.ofHours(2));

    private TestSettings() {}
}
