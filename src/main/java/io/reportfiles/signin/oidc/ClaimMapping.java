package io.reportfiles.signin.oidc;

import com.nimbusds.jwt.JWTClaimsSet;
import io.reportfiles.account.ExternalIdentity;
import io.reportfiles.account.ExternalProfiles;
import io.reportfiles.config.OidcSettings;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** From a provider's claims to a person as accounts know one. */
@ApplicationScoped
public class ClaimMapping {

    private OidcSettings settings;
    private ExternalProfiles profiles;

    /** For the client proxy. */
    protected ClaimMapping() {}

    /** Takes which claims are meant, and what they come to. */
    @Inject
    public ClaimMapping(OidcSettings settings, ExternalProfiles profiles) {
        this.settings = settings;
        this.profiles = profiles;
    }

    /** The person whom verified claims are about. */
    ExternalIdentity personOf(JWTClaimsSet claims) {
        String name = text(claims, settings.nameClaim()).orElse("");
        Optional<String> displayName =
                text(claims, "name").filter(text -> !text.isBlank()).or(() -> Optional.of(name));
        ExternalProfiles.ClaimedProfile claimed = new ExternalProfiles.ClaimedProfile(
                claims.getSubject(),
                displayName,
                texts(claims, settings.groupsClaim()),
                text(claims, settings.organisationClaim()),
                text(claims, settings.regionClaim()));
        return new ExternalIdentity(
                claims.getIssuer(), claims.getSubject(), name, profiles.profileOf(claimed, settings.roles()));
    }

    private static Optional<String> text(JWTClaimsSet claims, String claim) {
        return texts(claims, claim).stream().findFirst();
    }

    private static List<String> texts(JWTClaimsSet claims, String claim) {
        Object value = claims.getClaim(claim);
        Collection<?> values =
                value instanceof Collection<?> several ? several : value == null ? List.of() : List.of(value);
        return values.stream()
                .filter(String.class::isInstance)
                .map(String.class::cast)
                .toList();
    }
}
