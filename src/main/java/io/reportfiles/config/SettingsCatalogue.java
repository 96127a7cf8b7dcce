package io.reportfiles.config;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
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
            new Concern("Uploads that are resumed", TusSettings.ALL, TusSettings::read),
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
    private static final List<String> READ_BY_THE_SERVER = List.of("reportfiles.db.", "REPORTFILES_DB_");

    private static final List<String> OURS = List.of("reportfiles.", "REPORTFILES_");

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
     * Looks for configured names that are no settings: a slip, or the name of another version, would otherwise leave a default
     * in force that nobody wanted. A server may have guessed a name from an environment variable, where hyphens and dots
     * look alike.
     *
     * @return one sentence for each name that looks like ours and is none, sorted
     */
    static List<String> unknown(Iterable<String> names) {
        Map<String, String> known =
                all().stream().collect(Collectors.toMap(Setting::environmentVariable, Setting::name));
        return StreamSupport.stream(names.spliterator(), false)
                .filter(name -> OURS.stream().anyMatch(name::startsWith))
                .filter(name -> READ_BY_THE_SERVER.stream().noneMatch(name::startsWith))
                .filter(name -> !known.containsKey(Setting.environmentVariable(name)))
                .sorted()
                .map(name -> "%s is configured, but there is no such setting; the nearest is %s."
                        .formatted(name, nearest(name, known)))
                .toList();
    }

    private static String nearest(String name, Map<String, String> known) {
        String spelt = Setting.environmentVariable(name);
        return known.entrySet().stream()
                .min(Comparator.<Map.Entry<String, String>>comparingInt(each -> distance(spelt, each.getKey()))
                        .thenComparing(Map.Entry::getValue))
                .orElseThrow()
                .getValue();
    }

    /** How many characters have to be changed, added or left out to make {@code to} of {@code from} (Levenshtein). */
    private static int distance(String from, String to) {
        int[] row = IntStream.rangeClosed(0, to.length()).toArray();
        for (int i = 1; i <= from.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= to.length(); j++) {
                int changed = diagonal + (from.charAt(i - 1) == to.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(changed, 1 + Math.min(row[j], row[j - 1]));
            }
        }
        return row[to.length()];
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
