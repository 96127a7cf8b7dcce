package io.reportfiles.config;

import java.time.Duration;
import java.util.List;

/**
 * How those who guess passwords are slowed down.
 *
 * @param failures how many wrong passwords in a row for one name from one address cost no wait
 * @param failuresPerAddress how many from one address, whatever the names
 * @param longestWait what the wait doubles up to; zero for no waits at all
 */
public record SignInSettings(int failures, int failuresPerAddress, Duration longestWait) {

    static final Setting<Integer> FAILURES = Setting.number("reportfiles.signin.failures", 1, 1_000)
            .or("10")
            .meaning("Wrong passwords for one name from one address that cost no wait. From this one on nobody signs in"
                    + " with this name from this address for a second, and for twice as long after each further one."
                    + " The account can be used from elsewhere meanwhile, and with tokens from anywhere.");

    static final Setting<Integer> FAILURES_PER_ADDRESS = Setting.number(
                    "reportfiles.signin.failures-per-address", 1, 1_000_000)
            .or("100")
            .meaning(
                    "The same for one address whatever the names. Many people may share one, behind a proxy that is not"
                            + " named in `reportfiles.http.proxies` above all.");

    static final Setting<Duration> LONGEST_WAIT = Setting.duration("reportfiles.signin.longest-wait", "0s", "1h")
            .or("1m")
            .meaning("What the wait after wrong passwords doubles up to; `0s` for no waits.");

    static final List<Setting<?>> ALL = List.of(FAILURES, FAILURES_PER_ADDRESS, LONGEST_WAIT);

    static SignInSettings read(SettingsReader reader) {
        return new SignInSettings(reader.read(FAILURES), reader.read(FAILURES_PER_ADDRESS), reader.read(LONGEST_WAIT));
    }
}
