package io.reportfiles.config;

import java.time.Duration;
import java.util.List;

/**
 * How submissions that nobody brings to an end are noticed.
 *
 * @param lease how long a submission counts as alive without a sign of life from its node
 * @param cleanupInterval how often is looked for others
 */
public record SubmissionSettings(Duration lease, Duration cleanupInterval) {

    static final Setting<Duration> LEASE = Setting.duration("reportfiles.submission.lease", "4s", "1d")
            .or("5m")
            .meaning("How long an upload counts as alive without a sign of life from its node, which gives several"
                    + " during this time. An upload whose node died is cleaned up by any node after it. The clocks of"
                    + " the nodes have to agree to a small part of it.");
    static final Setting<Duration> CLEANUP_INTERVAL = Setting.duration(
                    "reportfiles.submission.cleanup-interval", "1s", "1d")
            .or("1m")
            .meaning("How often each node looks for uploads that died, and for what failed ones may have left in S3.");

    static final List<Setting<?>> ALL = List.of(LEASE, CLEANUP_INTERVAL);

    static SubmissionSettings read(SettingsReader reader) {
        return new SubmissionSettings(reader.read(LEASE), reader.read(CLEANUP_INTERVAL));
    }
}
