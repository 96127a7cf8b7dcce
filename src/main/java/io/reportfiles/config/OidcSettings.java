package io.reportfiles.config;

import io.reportfiles.access.Role;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Signing in with OpenID Connect.
 *
 * @param issuer the identity provider; empty for none
 * @param clientId what the application is called there
 * @param clientSecret empty for a public client
 * @param label what the sign-in page calls it
 * @param scopes what is asked for, blanks between
 * @param nameClaim which claim proposes the name of a new account
 * @param groupsClaim which claim has the groups
 * @param roles from group to the roles it gives
 * @param organisationClaim which claim has the code of the organisation
 * @param regionClaim which claim has the code of the region
 */
public record OidcSettings(
        Optional<URI> issuer,
        String clientId,
        Optional<Secret> clientSecret,
        String label,
        String scopes,
        String nameClaim,
        String groupsClaim,
        Map<String, List<Role>> roles,
        String organisationClaim,
        String regionClaim) {

    private static final String CLAIM = "[A-Za-z0-9_:./-]{1,100}";

    static final Setting<URI> ISSUER = Setting.address("reportfiles.oidc.issuer")
            .meaning(
                    "Address of the OpenID Connect provider, exactly as it calls itself (`iss`). Not set: nobody signs in"
                            + " with it.");

    static final Setting<String> CLIENT_ID = Setting.text(
                    "reportfiles.oidc.client-id", "[\\x21-\\x7e]{1,255}", "1 to 255 characters without blanks")
            .or("report-files")
            .meaning(
                    "What the provider calls this application. It has to allow `…/login/oidc/callback` as the address to"
                            + " come back to, and `…/login` after signing out.");

    static final Setting<Secret> CLIENT_SECRET = Setting.secret("reportfiles.oidc.client-secret")
            .meaning("The application's secret at the provider. Not set: a public client, protected by PKCE alone.");

    static final Setting<String> LABEL = Setting.text("reportfiles.oidc.label", ".{1,60}", "1 to 60 characters")
            .or("single sign-on")
            .meaning("What the sign-in page calls it: Sign in with ….");

    static final Setting<String> SCOPES = Setting.text(
                    "reportfiles.oidc.scopes",
                    "([\\x21-\\x7e]+ )*openid( [\\x21-\\x7e]+)*",
                    "scopes with blanks between, `openid` among them")
            .or("openid profile")
            .meaning("What the provider is asked for.");

    static final Setting<String> NAME_CLAIM = Setting.text("reportfiles.oidc.name-claim", CLAIM, "the name of a claim")
            .or("preferred_username")
            .meaning(
                    "The claim that proposes the name of a new account. A name that is taken is never given to somebody"
                            + " else: the new account then gets an ending.");

    static final Setting<String> GROUPS_CLAIM = Setting.text(
                    "reportfiles.oidc.groups-claim", CLAIM, "the name of a claim")
            .or("groups")
            .meaning("The claim of the ID token with the groups of a person, an array or one text.");

    static final Setting<List<Map.Entry<String, Role>>> ROLES = Setting.list(
                    "reportfiles.oidc.roles", GroupRoles.ACCEPTS, GroupRoles::pair)
            .meaning("Which group gives which role. Whoever is in one of these groups gets in at the first sign-in, and"
                    + " roles, organisation and region follow the provider with each further one. Everybody else gets an"
                    + " account that waits for approval.");

    static final Setting<String> ORGANISATION_CLAIM = Setting.text(
                    "reportfiles.oidc.organisation-claim", CLAIM, "the name of a claim")
            .or("organisation")
            .meaning("The claim with the code of the organisation that a person acts for.");

    static final Setting<String> REGION_CLAIM = Setting.text(
                    "reportfiles.oidc.region-claim", CLAIM, "the name of a claim")
            .or("region")
            .meaning("The claim with the code of the region that a person reviews.");

    static final List<Setting<?>> ALL = List.of(
            ISSUER,
            CLIENT_ID,
            CLIENT_SECRET,
            LABEL,
            SCOPES,
            NAME_CLAIM,
            GROUPS_CLAIM,
            ROLES,
            ORGANISATION_CLAIM,
            REGION_CLAIM);

    static OidcSettings read(SettingsReader reader) {
        return new OidcSettings(
                reader.find(ISSUER),
                reader.read(CLIENT_ID),
                reader.find(CLIENT_SECRET),
                reader.read(LABEL),
                reader.read(SCOPES),
                reader.read(NAME_CLAIM),
                reader.read(GROUPS_CLAIM),
                GroupRoles.byGroup(reader.find(ROLES)),
                reader.read(ORGANISATION_CLAIM),
                reader.read(REGION_CLAIM));
    }
}
