package io.reportfiles.config;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.config.Config;
import org.eclipse.microprofile.config.ConfigProvider;
import org.eclipse.microprofile.config.ConfigValue;

/** The configuration that is in force, with nothing in it that is secret. */
@ApplicationScoped
public class Configuration {

    /**
     * Settings that belong together.
     *
     * @param title what they are about
     */
    public record Concern(String title, List<SettingInForce> settings) {}

    /** All settings, in the order of the operator's table. */
    public List<Concern> inForce() {
        Config config = ConfigProvider.getConfig();
        return SettingsCatalogue.CONCERNS.stream()
                .map(concern -> new Concern(
                        concern.title(),
                        concern.settings().stream()
                                .map(setting -> inForce(setting, config.getConfigValue(setting.name())))
                                .toList()))
                .toList();
    }

    private static SettingInForce inForce(Setting<?> setting, ConfigValue found) {
        Optional<String> configured =
                Optional.ofNullable(found.getValue()).map(String::strip).filter(text -> !text.isEmpty());
        Optional<String> value = configured.or(setting::fallback);
        return new SettingInForce(
                setting.name(),
                value.filter(text -> !setting.secret()),
                setting.secret() && value.isPresent(),
                configured.flatMap(text -> Optional.ofNullable(found.getSourceName())));
    }
}
