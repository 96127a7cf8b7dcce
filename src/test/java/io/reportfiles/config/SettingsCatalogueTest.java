package io.reportfiles.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class SettingsCatalogueTest {

    private static SettingsReader reader(Map<String, String> configured) {
        return new SettingsReader(name -> Optional.ofNullable(configured.get(name)));
    }

    @Test
    void everyRecordReadsExactlyItsOwnSettings() {
        var asked = new TreeSet<String>();
        var reader = new SettingsReader(name -> {
            asked.add(name);
            return Optional.empty();
        });
        SettingsCatalogue.CONCERNS.forEach(concern -> concern.read().accept(reader));

        assertThat(SettingsCatalogue.all()).extracting(Setting::name).containsExactlyInAnyOrderElementsOf(asked);
    }

    @Test
    void namesFollowOnePattern() {
        assertThat(SettingsCatalogue.all()).allSatisfy(setting -> {
            assertThat(setting.name()).matches("reportfiles(\\.[a-z0-9]+)?\\.[a-z]+(-[a-z]+)*");
            assertThat(setting.meaning()).endsWith(".");
        });
    }

    @Test
    void emptyConfigurationHasNoFault() {
        assertThat(SettingsCatalogue.faults(reader(Map.of()))).isEmpty();
    }

    @Test
    void allFaultsAreToldAtOnceWithKeyValueAndWhatIsAccepted() {
        assertThat(SettingsCatalogue.faults(reader(Map.of(
                        "reportfiles.s3.max-connections", "0",
                        "reportfiles.s3.path-style", "perhaps",
                        "reportfiles.submission.buffer-budget", "64 apples"))))
                .containsExactly(
                        "reportfiles.s3.path-style is \"perhaps\", expected true or false.",
                        "reportfiles.s3.max-connections is \"0\", expected 1 to 10000.",
                        "reportfiles.submission.buffer-budget is \"64 apples\", expected 6MiB to 1TiB.");
    }

    @Test
    void settingsThatDoNotGoTogetherAreRefused() {
        record Example(Map<String, String> configured, String named) {}
        var examples = new ArrayList<Example>();
        examples.add(new Example(Map.of("reportfiles.s3.access-key", "AKIA"), "secret-key"));
        examples.add(new Example(Map.of("reportfiles.s3.session-token", "t"), "session-token"));
        examples.add(new Example(
                Map.of(
                        "reportfiles.s3.access-key", "AKIA",
                        "reportfiles.s3.secret-key", "s",
                        "reportfiles.s3.profile", "p"),
                "profile"));
        examples.add(new Example(Map.of("reportfiles.s3.kms-key", "alias/reports"), "encryption"));
        examples.add(new Example(Map.of("reportfiles.s3.proxy-user", "u"), "proxy-password"));
        examples.add(new Example(Map.of("reportfiles.submission.part-size", "57MiB"), "64MiB"));
        examples.add(new Example(Map.of("reportfiles.ldap.bind-dn", "cn=reader"), "bind-password"));
        examples.add(new Example(Map.of("reportfiles.ldap.url", "ldaps://ldap.example.org"), "user-base"));
        examples.add(new Example(
                Map.of(
                        "reportfiles.ldap.url", "ldaps://ldap.example.org",
                        "reportfiles.ldap.user-base", "dc=example",
                        "reportfiles.ldap.user-dn", "uid={name},dc=example"),
                "user-dn"));
        for (Example example : examples) {
            assertThat(SettingsCatalogue.faults(reader(example.configured())))
                    .as("%s", example)
                    .singleElement()
                    .asString()
                    .contains(example.named());
        }
    }

    @Test
    void secretsAreShownNeitherInFaultsNorInRecords() {
        Map<String, String> configured = Map.of(
                "reportfiles.s3.access-key", "hidden-1",
                "reportfiles.s3.secret-key", "hidden-2",
                "reportfiles.s3.session-token", "hidden-3",
                "reportfiles.s3.proxy", "http://proxy:3128",
                "reportfiles.s3.proxy-user", "user",
                "reportfiles.s3.proxy-password", "hidden-4",
                "reportfiles.s3.profile", "p");
        SettingsReader reader = reader(configured);

        assertThat(String.join(" ", SettingsCatalogue.faults(reader)) + S3ClientSettings.read(reader))
                .contains("proxy:3128")
                .doesNotContain("hidden");
    }

    @Test
    void blankValueCountsAsNotConfigured() {
        S3Settings settings = S3Settings.read(reader(Map.of("reportfiles.s3.endpoint", "  ")));

        assertThat(settings.endpoint()).isEmpty();
        assertThat(settings.credentials().source()).isEqualTo(new S3Credentials.DefaultChain());
    }

    @Test
    void valuesOutsideTheirRangeAreRefusedAndTheirLimitsAccepted() {
        record Limits(String name, List<String> accepted, List<String> refused) {}
        List.of(
                        new Limits(
                                "reportfiles.s3.bucket", List.of("abc", "arn:aws:s3:x"), List.of("ab", "a b c", "a/b")),
                        new Limits("reportfiles.s3.prefix", List.of("a", "/a/b/"), List.of("a//b", "../a", "a b", ".")),
                        new Limits(
                                "reportfiles.s3.endpoint",
                                List.of("http://127.0.0.1:9000", "https://s3.example.org/"),
                                List.of("s3.example.org", "ftp://x", "http://u:p@x", "http:///x", "http://[")),
                        new Limits("reportfiles.s3.max-attempts", List.of("1", "20"), List.of("0", "21", "1.5", "")),
                        new Limits("reportfiles.s3.read-timeout", List.of("1ms", "PT1H"), List.of("0s", "61m", "-1s")),
                        new Limits("reportfiles.s3.storage-class", List.of("STANDARD_IA"), List.of("GLACIER", "x")),
                        new Limits("reportfiles.s3.acl", List.of("private", "PRIVATE"), List.of("public-read")),
                        new Limits("reportfiles.s3.bucket-owner", List.of("123456789012"), List.of("12345")),
                        new Limits(
                                "reportfiles.http.proxies",
                                List.of("10.0.0.1", "10.0.0.0/8, ::1", "fd00::/8"),
                                List.of("proxy.example", "10.0.0.0/33", "10.0.0", "10.0.0.1/x", "1.2.3.999")),
                        new Limits("reportfiles.submission.part-size", List.of("5MiB", "1GiB"), List.of("5242879")),
                        new Limits("reportfiles.submission.parts-in-flight", List.of("1", "32"), List.of("0", "33")))
                .forEach(limits -> {
                    Setting<?> setting = SettingsCatalogue.all().stream()
                            .filter(each -> each.name().equals(limits.name()))
                            .findAny()
                            .orElseThrow();
                    limits.accepted()
                            .forEach(text -> assertThat(setting.parse(text)).isNotNull());
                    limits.refused()
                            .forEach(text -> assertThatThrownBy(() -> setting.parse(text))
                                    .as("%s=%s", limits.name(), text)
                                    .isInstanceOf(SettingsException.class)
                                    .hasMessageStartingWith(limits.name() + " is "));
                });
    }

    @Test
    void namesThatAreNoSettingsAreFoundHoweverTheyAreSpelt() {
        assertThat(SettingsCatalogue.unknown(List.of(
                        "reportfiles.s3.bucket",
                        "reportfiles.s3.path.style", // what a server makes of REPORTFILES_S3_PATH_STYLE
                        "reportfiles.db.url",
                        "reportfiles.s3.buckett",
                        "REPORTFILES_S3_ENDPOINT",
                        "REPORTFILES_DB_URL",
                        "REPORTFILES_DOWNLOAD_IDLE_TIMEOUTS",
                        "other.name")))
                .containsExactly(
                        "REPORTFILES_DOWNLOAD_IDLE_TIMEOUTS is configured, but there is no such setting; the nearest is"
                                + " reportfiles.download.idle-timeout.",
                        "reportfiles.s3.buckett is configured, but there is no such setting; the nearest is"
                                + " reportfiles.s3.bucket.");
    }
}
