package io.reportfiles.config;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/**
 * Every setting there is, by concern: what start-up checks, and what the operator's table is made of. A new settings
 * record is entered here, in {@link #CONCERNS}, and gets its producer in {@link SettingsProducer}.
 */
final class SettingsCatalogue {

    /**
     * What belongs together.
     *
     * @param title heading of its table
     * @param settings in the order of the table
     * @param read makes the record, or throws what is wrong with it
     */
    record Concern(String title, List<Setting<?>> settings, Consumer<SettingsReader> read) {}

    static final List<Concern> CONCERNS = List.of(
            new Concern("Where files are kept", S3Settings.ALL, S3Settings::read),
            new Concern("Credentials for S3", S3Credentials.ALL, S3Credentials::read),
            new Concern("How files are stored", S3ObjectSettings.ALL, S3ObjectSettings::read),
            new Concern("How S3 is reached", S3ClientSettings.ALL, S3ClientSettings::read),
            new Concern("Uploads", UploadSettings.ALL, UploadSettings::read),
            new Concern("Uploads that die", SubmissionSettings.ALL, SubmissionSettings::read),
            new Concern("Senders", SenderSettings.ALL, SenderSettings::read),
            new Concern("Comparing bucket and database", ReconciliationSettings.ALL, ReconciliationSettings::read),
            new Concern("Uploads that are resumed", ResumableSettings.ALL, ResumableSettings::read),
            new Concern("Malware", ScanSettings.ALL, ScanSettings::read),
            new Concern("Downloads", DownloadSettings.ALL, DownloadSettings::read),
            new Concern("Reading ahead", ReadAheadSettings.ALL, ReadAheadSettings::read),
            new Concern("The ledger of transfers", LedgerSettings.ALL, LedgerSettings::read),
            new Concern("Operations", OperationsSettings.ALL, OperationsSettings::read),
            new Concern("Stopping", ShutdownSettings.ALL, ShutdownSettings::read),
            new Concern("What people are told", ConsoleSettings.ALL, ConsoleSettings::read),
            new Concern("In front of the application", HttpSettings.ALL, HttpSettings::read),
            new Concern("Signing in", AccountSettings.ALL, AccountSettings::read),
            new Concern("Signing in with OpenID Connect", OidcSettings.ALL, OidcSettings::read),
            new Concern("Signing in with an LDAP directory", LdapSettings.ALL, LdapSettings::read),
            new Concern("Guessing passwords", SignInSettings.ALL, SignInSettings::read),
            new Concern("Limits for each account", LimitSettings.ALL, LimitSettings::read));

    /** What {@code server-config} makes the data source of. */
    private static final String READ_BY_THE_SERVER = "reportfiles.db.";

    private SettingsCatalogue() {}

    static List<Setting<?>> all() {
        return CONCERNS.stream()
                .<Setting<?>>flatMap(concern -> concern.settings().stream())
                .toList();
    }

    /**
     * What is wrong with a configuration, all of it at once, so that an operator has to start only twice.
     *
     * @return one sentence for each fault
     */
    static List<String> faults(SettingsReader reader) {
        List<String> faults = new ArrayList<>();
        all().forEach(setting -> faultOf(() -> reader.find(setting)).ifPresent(faults::add));
        if (faults.isEmpty()) { // each is fine by itself, do they go together?
            CONCERNS.forEach(
                    concern -> faultOf(() -> concern.read().accept(reader)).ifPresent(faults::add));
        }
        return faults.stream().distinct().toList();
    }

    /**
     * Which of the names configured look like ours but are none, sorted. A server may have guessed a name from an
     * environment variable, where hyphens and dots look alike.
     */
    static List<String> unknown(Iterable<String> names) {
        Set<String> known = all().stream().map(Setting::environmentVariable).collect(Collectors.toSet());
        return StreamSupport.stream(names.spliterator(), false)
                .filter(name -> name.startsWith("reportfiles.") && !name.startsWith(READ_BY_THE_SERVER))
                .filter(name -> !known.contains(Setting.environmentVariable(name)))
                .sorted()
                .toList();
    }

    private static Optional<String> faultOf(Runnable reading) {
        try {
            reading.run();
            return Optional.empty();
        } catch (SettingsException fault) {
            return Optional.of(fault.getMessage());
        }
    }
}
