package io.reportfiles.config;

import java.time.Duration;
import java.util.List;

/**
 * How this node stops.
 *
 * @param grace how long what is under way may take to end
 */
public record ShutdownSettings(Duration grace) {

    static final Setting<Duration> GRACE = Setting.duration("reportfiles.shutdown.grace", "0s", "1h")
            .or("20s")
            .meaning("How long submissions, downloads and other requests that are under way may take to end when the"
                    + " node is stopped. New ones are answered 503 meanwhile. A service manager has to wait longer.");

    static final List<Setting<?>> ALL = List.of(GRACE);

    static ShutdownSettings read(SettingsReader reader) {
        return new ShutdownSettings(reader.read(GRACE));
    }
}
