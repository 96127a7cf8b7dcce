package io.reportfiles.config;

import java.time.Duration;
import java.util.List;

/**
 * How bucket and database are compared.
 *
 * @param interval how often, by one of the nodes
 * @param safetyAge what is younger is left alone
 * @param unknownObjects what a scheduled run does with objects that no row has ever named
 * @param removalLimit most objects without a row that one run removes; if there are more, it removes none
 */
public record ReconciliationSettings(
        Duration interval, Duration safetyAge, UnknownObjects unknownObjects, int removalLimit) {

    /** What a scheduled run does with objects that no row has ever named. */
    public enum UnknownObjects {
        /** Lists them. */
        REPORT,
        /** Removes them. */
        REMOVE
    }

    static final Setting<Duration> INTERVAL = Setting.duration("reportfiles.reconcile.interval", "1s", "365d")
            .or("1d")
            .meaning("How often bucket and database are compared, by one node at a time.");
    static final Setting<Duration> SAFETY_AGE = Setting.duration("reportfiles.reconcile.safety-age", "1s", "365d")
            .or("1d")
            .meaning("What is in the bucket for a shorter time is left alone.");
    static final Setting<UnknownObjects> UNKNOWN_OBJECTS = Setting.choice(
                    "reportfiles.reconcile.unknown-objects", UnknownObjects.class)
            .or("report")
            .meaning(
                    "What a scheduled comparison does with objects that no row names. No crash leaves such objects: they"
                            + " mean that the database is older than the bucket, or that somebody else writes there. One started by"
                            + " hand removes them.");
    static final Setting<Integer> REMOVAL_LIMIT = Setting.number("reportfiles.reconcile.removal-limit", 0, 1_000_000)
            .or("1000")
            .meaning(
                    "Objects without a row that one comparison removes at most. If there are more, or more than objects"
                            + " with a row (and more than ten), none is removed: then it is the database that is wrong.");

    static final List<Setting<?>> ALL = List.of(INTERVAL, SAFETY_AGE, UNKNOWN_OBJECTS, REMOVAL_LIMIT);

    static ReconciliationSettings read(SettingsReader reader) {
        return new ReconciliationSettings(
                reader.read(INTERVAL),
                reader.read(SAFETY_AGE),
                reader.read(UNKNOWN_OBJECTS),
                reader.read(REMOVAL_LIMIT));
    }
}
