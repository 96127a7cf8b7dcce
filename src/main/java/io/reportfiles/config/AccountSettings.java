package io.reportfiles.config;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * How accounts sign in.
 *
 * @param firstPassword the password of the first administrator, for as long as no account exists
 * @param passwordSignIn whether a password that is kept here lets anybody in
 * @param minimumPasswordLength characters that a new password has at least
 * @param passwordIterations PBKDF2 rounds (HMAC-SHA-512) for new passwords
 * @param concurrentPasswordChecks passwords that are hashed at the same time
 * @param passwordMemory how long a password that was sent with HTTP Basic counts as verified
 * @param sessionTimeout after which time without a request a browser has to sign in again
 * @param sessionLifetime after which time it has to, whatever it did
 * @param secureCookie whether the session's cookie is for HTTPS only, however the request came
 */
public record AccountSettings(
        Optional<Secret> firstPassword,
        boolean passwordSignIn,
        int minimumPasswordLength,
        int passwordIterations,
        int concurrentPasswordChecks,
        Duration passwordMemory,
        Duration sessionTimeout,
        Duration sessionLifetime,
        boolean secureCookie) {

    static final Setting<Secret> FIRST_PASSWORD = Setting.secret("reportfiles.admin.password")
            .meaning("Password of the first administrator, `admin`; used only while no account exists."
                    + " Not set: one is generated and printed once in the log.");

    static final Setting<Boolean> PASSWORD_SIGN_IN = Setting.flag("reportfiles.password.sign-in")
            .or("true")
            .meaning(
                    "Whether passwords that are kept here let anybody in, by the form or HTTP Basic. `false` leaves the"
                            + " identity provider, the directory and personal access tokens: somebody who comes by one of these"
                            + " has to be an administrator before.");

    static final Setting<Integer> MINIMUM_PASSWORD_LENGTH = Setting.number(
                    "reportfiles.password.minimum-length", 8, 128)
            .or("12")
            .meaning("Characters that a new password has at least.");

    static final Setting<Integer> PASSWORD_ITERATIONS = Setting.number(
                    "reportfiles.password.iterations", 210_000, 10_000_000)
            .or("210000")
            .meaning("Rounds of PBKDF2 with HMAC-SHA-512 for new passwords. A password that is kept already stays as it"
                    + " is until it is changed.");

    static final Setting<Integer> CONCURRENT_PASSWORD_CHECKS = Setting.number(
                    "reportfiles.password.concurrent-checks", 1, 64)
            .or("2")
            .meaning("Passwords that are hashed at the same time; further sign-ins wait. Half of the processors or less"
                    + " leaves the other half to downloads.");

    static final Setting<Duration> PASSWORD_MEMORY = Setting.duration("reportfiles.password.memory", "0s", "60s")
            .or("30s")
            .meaning(
                    "How long a password sent with HTTP Basic counts as verified, so that scripts do not wait for PBKDF2"
                            + " with each request. A deactivated account or a changed password takes effect at once all the same.");

    static final Setting<Duration> SESSION_TIMEOUT = Setting.duration("reportfiles.session.timeout", "1m", "7d")
            .or("2h")
            .meaning("After which time without a request a browser has to sign in again.");

    static final Setting<Duration> SESSION_LIFETIME = Setting.duration("reportfiles.session.lifetime", "1m", "90d")
            .or("12h")
            .meaning("After which time a browser has to sign in again, whatever it did meanwhile.");

    static final Setting<Boolean> SECURE_COOKIE = Setting.flag("reportfiles.session.secure-cookie")
            .or("false")
            .meaning("Whether the session's cookie is always `Secure`: to be set where a proxy ends TLS. Browsers can't"
                    + " sign in by plain HTTP then. Where the server itself ends TLS the cookie is so anyway.");

    static final List<Setting<?>> ALL = List.of(
            FIRST_PASSWORD,
            PASSWORD_SIGN_IN,
            MINIMUM_PASSWORD_LENGTH,
            PASSWORD_ITERATIONS,
            CONCURRENT_PASSWORD_CHECKS,
            PASSWORD_MEMORY,
            SESSION_TIMEOUT,
            SESSION_LIFETIME,
            SECURE_COOKIE);

    static AccountSettings read(SettingsReader reader) {
        return new AccountSettings(
                reader.find(FIRST_PASSWORD),
                reader.read(PASSWORD_SIGN_IN),
                reader.read(MINIMUM_PASSWORD_LENGTH),
                reader.read(PASSWORD_ITERATIONS),
                reader.read(CONCURRENT_PASSWORD_CHECKS),
                reader.read(PASSWORD_MEMORY),
                reader.read(SESSION_TIMEOUT),
                reader.read(SESSION_LIFETIME),
                reader.read(SECURE_COOKIE));
    }
}
