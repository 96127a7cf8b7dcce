package io.reportfiles.config;

import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.Initialized;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import jakarta.interceptor.Interceptor;
import java.util.ArrayList;
import java.util.List;
import org.eclipse.microprofile.config.Config;
import org.eclipse.microprofile.config.ConfigProvider;

/**
 * Hands out the settings records, and refuses to start with a configuration that can not be used. They are singletons
 * rather than application scoped, since CDI can not proxy a record.
 */
@ApplicationScoped
class SettingsProducer {

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
    SenderSettings senders() {
        return SenderSettings.read(reader());
    }

    @Produces
    @Singleton
    TusSettings resumable() {
        return TusSettings.read(reader());
    }

    @Produces
    @Singleton
    ReconciliationSettings reconciliation() {
        return ReconciliationSettings.read(reader());
    }

    @Produces
    @Singleton
    ScanSettings scans() {
        return ScanSettings.read(reader());
    }

    @Produces
    @Singleton
    DownloadSettings downloads() {
        return DownloadSettings.read(reader());
    }

    @Produces
    @Singleton
    ReadAheadSettings readAhead() {
        return ReadAheadSettings.read(reader());
    }

    @Produces
    @Singleton
    LedgerSettings ledger() {
        return LedgerSettings.read(reader());
    }

    @Produces
    @Singleton
    ShutdownSettings shutdown() {
        return ShutdownSettings.read(reader());
    }

    @Produces
    @Singleton
    OperationsSettings operations() {
        return OperationsSettings.read(reader());
    }

    @Produces
    @Singleton
    ConsoleSettings console() {
        return ConsoleSettings.read(reader());
    }

    @Produces
    @Singleton
    AccountSettings accounts() {
        return AccountSettings.read(reader());
    }

    @Produces
    @Singleton
    SignInSettings signIns() {
        return SignInSettings.read(reader());
    }

    @Produces
    @Singleton
    LimitSettings limits() {
        return LimitSettings.read(reader());
    }

    @Produces
    @Singleton
    OidcSettings oidc() {
        return OidcSettings.read(reader());
    }

    @Produces
    @Singleton
    LdapSettings ldap() {
        return LdapSettings.read(reader());
    }

    @Produces
    @Singleton
    HttpSettings http() {
        return HttpSettings.read(reader());
    }

    /** Before any other observer: whoever reads its own settings first would name its own faults only. */
    void checkAtStart(
            @Observes @Priority(Interceptor.Priority.PLATFORM_BEFORE) @Initialized(ApplicationScoped.class)
                    Object start) {
        List<String> faults = new ArrayList<>(SettingsCatalogue.faults(reader()));
        faults.addAll(SettingsCatalogue.unknown(ConfigProvider.getConfig().getPropertyNames()));
        if (!faults.isEmpty()) {
            throw new SettingsException(String.join(" ", faults));
        }
    }
}
