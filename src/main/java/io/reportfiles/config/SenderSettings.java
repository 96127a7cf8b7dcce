package io.reportfiles.config;

import java.time.Duration;
import java.util.List;

/**
 * What those who submit files may do.
 *
 * @param atOnce most submissions that a node takes at the same time
 * @param perAccount most submissions of one account that a node takes at the same time
 * @param minimumRate bytes that have to come in each second that is spent waiting for them, on the average of {@code
 *     rateWindow}; 0: none
 * @param rateWindow how long a sender may be waited for before its rate counts
 * @param keyLifetime how long an idempotency key is remembered
 */
public record SenderSettings(int atOnce, int perAccount, long minimumRate, Duration rateWindow, Duration keyLifetime) {

    static final Setting<Integer> AT_ONCE = Setting.number("reportfiles.submission.at-once", 1, 10_000)
            .or("120")
            .meaning(
                    "Submissions that a node takes at the same time; further ones are answered 503. Each holds a thread"
                            + " of the server, which has 200 by the files of `server-config`; the others are left for reading.");
    static final Setting<Integer> PER_ACCOUNT = Setting.number("reportfiles.submission.per-account", 1, 10_000)
            .or("50")
            .meaning("Submissions of one account that a node takes at the same time; further ones are answered 429.");
    static final Setting<Long> MINIMUM_RATE = Setting.bytes("reportfiles.submission.minimum-rate", "0B", "1GiB")
            .or("1KiB")
            .meaning("Bytes that a sender has to bring for each second it is waited for; slower ones are answered 408."
                    + " Time that S3 takes does not count. 0: any rate will do.");
    static final Setting<Duration> RATE_WINDOW = Setting.duration("reportfiles.submission.rate-window", "1s", "1h")
            .or("1m")
            .meaning("The time over which that rate is taken: a sender may pause so long, less what the server's own"
                    + " read time-out cuts off.");
    static final Setting<Duration> KEY_LIFETIME = Setting.duration(
                    "reportfiles.submission.idempotency-lifetime", "1s", "30d")
            .or("24h")
            .meaning("How long an `Idempotency-Key` stands for the submission that came with it first.");

    static final List<Setting<?>> ALL = List.of(AT_ONCE, PER_ACCOUNT, MINIMUM_RATE, RATE_WINDOW, KEY_LIFETIME);

    static SenderSettings read(SettingsReader reader) {
        return new SenderSettings(
                reader.read(AT_ONCE),
                reader.read(PER_ACCOUNT),
                reader.read(MINIMUM_RATE),
                reader.read(RATE_WINDOW),
                reader.read(KEY_LIFETIME));
    }
}
