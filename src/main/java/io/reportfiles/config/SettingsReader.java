package io.reportfiles.config;

import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;

/** Reads settings from wherever they are configured. A blank text counts as nothing configured. */
final class SettingsReader {

    private final Function<String, Optional<String>> source;

    /**
     * Reads from any source.
     *
     * @param source from property name to configured text
     */
    SettingsReader(Function<String, Optional<String>> source) {
        this.source = Objects.requireNonNull(source, "source");
    }

    /**
     * The configured value, or the default.
     *
     * @throws SettingsException if what is configured is not accepted, or nothing is and there is no default
     */
    <T> T read(Setting<T> setting) {
        return find(setting)
                .orElseThrow(() -> new SettingsException(
                        "%s is not set, expected %s.".formatted(setting.name(), setting.accepts())));
    }

    /**
     * The configured value, or the default if there is one.
     *
     * @throws SettingsException if what is configured is not accepted
     */
    <T> Optional<T> find(Setting<T> setting) {
        return source.apply(setting.name())
                .map(String::strip)
                .filter(text -> !text.isEmpty())
                .or(setting::fallback)
                .map(setting::parse);
    }
}
