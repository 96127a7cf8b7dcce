package io.reportfiles.config;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.Initialized;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.eclipse.microprofile.config.Config;
import org.eclipse.microprofile.config.ConfigProvider;

/**
 * Hands out the settings records, and refuses to start with a configuration that can not be used. They are singletons
 * rather than application scoped, since CDI can not proxy a record.
 */
@ApplicationScoped
class SettingsProducer {

    private static final Logger LOG = System.getLogger(SettingsProducer.class.getName());

    private static SettingsReader reader() {
        Config config = ConfigProvider.getConfig();
        return new SettingsReader(name -> config.getOptionalValue(name, String.class));
    }

    @Produces
    @Singleton
    S3Settings s3() {
        return S3Settings.read(reader());
    }

    @Produces
    @Singleton
    UploadSettings uploads() {
        return UploadSettings.read(reader());
    }

    @Produces
    @Singleton
    SubmissionSettings submissions() {
        return SubmissionSettings.read(reader());
    }

    @Produces
    @Singleton
    DownloadSettings downloads() {
        return DownloadSettings.read(reader());
    }

    @Produces
    @Singleton
    OperationsSettings operations() {
        return OperationsSettings.read(reader());
    }

    @Produces
    @Singleton
    AccountSettings accounts() {
        return AccountSettings.read(reader());
    }

    void checkAtStart(@Observes @Initialized(ApplicationScoped.class) Object start) {
        List<String> faults = SettingsCatalogue.faults(reader());
        if (!faults.isEmpty()) {
            throw new SettingsException(String.join(" ", faults));
        }
        Set<String> known = SettingsCatalogue.all().stream().map(Setting::name).collect(Collectors.toSet());
        StreamSupport.stream(ConfigProvider.getConfig().getPropertyNames().spliterator(), false)
                .filter(name -> name.startsWith("reportfiles.") && !known.contains(name))
                .sorted()
                .forEach(name -> LOG.log(Level.WARNING, "{0} is configured, but there is no such setting", name));
    }
}
