package io.reportfiles.config;

import java.time.Duration;
import java.util.List;

/**
 * How uploads that come in several requests are kept.
 *
 * @param expiry how long an upload is kept after its last request
 * @param lease how long a request that receives nothing keeps others from the same upload
 * @param saveInterval how long what has been received may wait for being stored
 * @param perAccount most unfinished uploads of one account
 */
public record TusSettings(Duration expiry, Duration lease, Duration saveInterval, int perAccount) {

    static final Setting<Duration> EXPIRY = Setting.duration("reportfiles.tus.expiry", "1m", "30d")
            .or("1d")
            .meaning("How long an unfinished upload is kept after its last request. A rule of the bucket that aborts"
                    + " multipart uploads has to leave them longer.");
    static final Setting<Duration> LEASE = Setting.duration("reportfiles.tus.lease", "1s", "5m")
            .or("5s")
            .meaning("How long a request that receives nothing any more keeps the next one of the same upload waiting:"
                    + " that is answered 423 meanwhile.");
    static final Setting<Duration> SAVE_INTERVAL = Setting.duration("reportfiles.tus.save-interval", "1s", "5m")
            .or("10s")
            .meaning("How long bytes that are too few for a part of a multipart upload may wait before they are stored"
                    + " in S3: the most that a slow sender has to send again when a node dies.");

    static final Setting<Integer> PER_ACCOUNT = Setting.number("reportfiles.tus.per-account", 1, 100_000)
            .or("500")
            .meaning("Unfinished uploads that one account may have, on all nodes together; whoever begins more is"
                    + " answered 429.");

    static final List<Setting<?>> ALL = List.of(EXPIRY, LEASE, SAVE_INTERVAL, PER_ACCOUNT);

    static TusSettings read(SettingsReader reader) {
        return new TusSettings(
                reader.read(EXPIRY), reader.read(LEASE), reader.read(SAVE_INTERVAL), reader.read(PER_ACCOUNT));
    }
}
