package io.reportfiles.config;

import java.util.Map;
import java.util.Optional;

/** Settings for tests of other packages, read from property names as an operator writes them. */
public final class TestSettings {

    private TestSettings() {}

    private static SettingsReader reader(Map<String, String> configured) {
        return new SettingsReader(name -> Optional.ofNullable(configured.get(name)));
    }

    /** What {@code reportfiles.s3} comes to. */
    public static S3Settings s3(Map<String, String> configured) {
        return S3Settings.read(reader(configured));
    }

    /** What is configured of submissions that die. */
    public static SubmissionSettings submissions(Map<String, String> configured) {
        return SubmissionSettings.read(reader(configured));
    }

    /** What {@code reportfiles.reconcile} comes to. */
    public static ReconciliationSettings reconciliation(Map<String, String> configured) {
        return ReconciliationSettings.read(reader(configured));
    }

    /** What {@code reportfiles.upload} comes to. */
    public static UploadSettings uploads(Map<String, String> configured) {
        return UploadSettings.read(reader(configured));
    }

    /** What {@code reportfiles.oidc} comes to. */
    public static OidcSettings oidc(Map<String, String> configured) {
        return OidcSettings.read(reader(configured));
    }

    /** What {@code reportfiles.ldap} comes to. */
    public static LdapSettings ldap(Map<String, String> configured) {
        return LdapSettings.read(reader(configured));
    }

    /** What {@code reportfiles.http} comes to. */
    public static HttpSettings http(Map<String, String> configured) {
        return HttpSettings.read(reader(configured));
    }
}
