package io.reportfiles.config;

import java.util.List;

/**
 * What operators see.
 *
 * @param metricsPublic whether anybody may read {@code /metrics}
 */
public record OperationsSettings(boolean metricsPublic) {

    static final Setting<Boolean> METRICS_PUBLIC = Setting.flag("reportfiles.metrics.public")
            .or("false")
            .meaning("Shows `/metrics` to anybody who can reach the server; otherwise to administrators and auditors,"
                    + " for example with a personal access token.");

    static final List<Setting<?>> ALL = List.of(METRICS_PUBLIC);

    static OperationsSettings read(SettingsReader reader) {
        return new OperationsSettings(reader.read(METRICS_PUBLIC));
    }
}
