package io.reportfiles.config;

import java.net.URI;
import java.util.List;
import java.util.Optional;

/**
 * Who we are to the store.
 *
 * @param source where the credentials come from
 * @param role a role to assume with them, if any
 */
public record S3Credentials(Source source, Optional<Role> role) {

    /** Where credentials come from. */
    public sealed interface Source {}

    /** What the SDK finds by itself: environment, web identity, profile, container, instance. */
    public record DefaultChain() implements Source {}

    /**
     * A profile of the SDK's shared configuration files.
     *
     * @param name of the profile
     */
    public record Profile(String name) implements Source {}

    /**
     * Keys given in the configuration.
     *
     * @param accessKey public half of the key
     * @param secretKey secret half of the key
     * @param sessionToken for temporary keys
     */
    public record Keys(Secret accessKey, Secret secretKey, Optional<Secret> sessionToken) implements Source {}

    /**
     * A role assumed through AWS STS.
     *
     * @param arn of the role
     * @param externalId what the role's owner wants to hear, if anything
     * @param sessionName how the session shows in the owner's logs
     * @param endpoint of STS, where it is not the region's own
     */
    public record Role(String arn, Optional<String> externalId, String sessionName, Optional<URI> endpoint) {}

    static final Setting<Secret> ACCESS_KEY = Setting.secret("reportfiles.s3.access-key")
            .meaning(
                    "Access key. Absent, together with the profile: the SDK's default chain (environment, web identity,"
                            + " shared files, container, instance).");
    static final Setting<Secret> SECRET_KEY =
            Setting.secret("reportfiles.s3.secret-key").meaning("Secret key that belongs to the access key.");
    static final Setting<Secret> SESSION_TOKEN =
            Setting.secret("reportfiles.s3.session-token").meaning("Session token, for temporary keys only.");
    static final Setting<String> PROFILE = Setting.text(
                    "reportfiles.s3.profile", "[^\\s\\[\\]]{1,128}", "a profile name")
            .meaning("Profile of the SDK's shared configuration files to take credentials from.");
    static final Setting<String> ROLE_ARN = Setting.text(
                    "reportfiles.s3.role-arn", "arn:[^:\\s]+:iam::\\d{12}:role/\\S{1,512}", "the ARN of a role")
            .meaning("Role to assume through STS, with the credentials found above.");
    static final Setting<String> ROLE_EXTERNAL_ID = Setting.text(
                    "reportfiles.s3.role-external-id",
                    "[\\w+=,.@:/-]{2,1224}",
                    "2 to 1224 of `A-Z a-z 0-9 + = , . @ : / - _`")
            .meaning("External id the role asks for.");
    static final Setting<String> ROLE_SESSION_NAME = Setting.text(
                    "reportfiles.s3.role-session-name", "[\\w+=,.@-]{2,64}", "2 to 64 of `A-Z a-z 0-9 + = , . @ - _`")
            .or("report-files")
            .meaning("Name of the session, seen in the logs of the role's owner.");
    static final Setting<URI> STS_ENDPOINT = Setting.address("reportfiles.s3.sts-endpoint")
            .meaning("Address of STS. Absent: Amazon's own for the region.");

    static final List<Setting<?>> ALL = List.of(
            ACCESS_KEY,
            SECRET_KEY,
            SESSION_TOKEN,
            PROFILE,
            ROLE_ARN,
            ROLE_EXTERNAL_ID,
            ROLE_SESSION_NAME,
            STS_ENDPOINT);

    static S3Credentials read(SettingsReader reader) {
        String sessionName = reader.read(ROLE_SESSION_NAME);
        Optional<String> externalId = reader.find(ROLE_EXTERNAL_ID);
        Optional<URI> stsEndpoint = reader.find(STS_ENDPOINT);
        return new S3Credentials(
                readSource(reader),
                reader.find(ROLE_ARN).map(arn -> new Role(arn, externalId, sessionName, stsEndpoint)));
    }

    private static Source readSource(SettingsReader reader) {
        Optional<Secret> accessKey = reader.find(ACCESS_KEY);
        Optional<Secret> secretKey = reader.find(SECRET_KEY);
        Optional<Secret> sessionToken = reader.find(SESSION_TOKEN);
        Optional<String> profile = reader.find(PROFILE);
        if (accessKey.isPresent() != secretKey.isPresent() || (sessionToken.isPresent() && accessKey.isEmpty())) {
            throw new SettingsException(
                    "%s and %s belong together, and %s to both of them; one is set without the other."
                            .formatted(ACCESS_KEY.name(), SECRET_KEY.name(), SESSION_TOKEN.name()));
        }
        if (accessKey.isPresent() && profile.isPresent()) {
            throw new SettingsException("%s is \"%s\", expected nothing, since %s is set, too."
                    .formatted(PROFILE.name(), profile.get(), ACCESS_KEY.name()));
        }
        if (accessKey.isPresent()) {
            return new Keys(accessKey.get(), secretKey.get(), sessionToken);
        }
        return profile.<Source>map(Profile::new).orElseGet(DefaultChain::new);
    }
}
