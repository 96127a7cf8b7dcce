package io.reportfiles.signon;

import com.nimbusds.jwt.JWTClaimsSet;
import io.reportfiles.access.Role;
import io.reportfiles.account.AccountProfile;
import io.reportfiles.account.ExternalIdentity;
import io.reportfiles.catalogue.Catalogue;
import io.reportfiles.config.OidcSettings;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/** From a provider's claims to a person as accounts know one, by the configured mapping. */
@ApplicationScoped
public class ClaimMapping {

    private static final Logger LOG = System.getLogger(ClaimMapping.class.getName());

    private static final int MAX_DISPLAY_NAME = 200;

    private OidcSettings settings;
    private Catalogue catalogue;

    /** For the client proxy. */
    protected ClaimMapping() {}

    /** Takes the mapping and what codes have to be of. */
    @Inject
    public ClaimMapping(OidcSettings settings, Catalogue catalogue) {
        this.settings = settings;
        this.catalogue = catalogue;
    }

    /** The person whom verified claims are about. */
    ExternalIdentity personOf(JWTClaimsSet claims) {
        String name = text(claims, settings.nameClaim()).orElse("");
        String displayName =
                text(claims, "name").filter(text -> !text.isBlank()).orElse(name.isBlank() ? "-" : name);
        AccountProfile profile = new AccountProfile(
                displayName.substring(0, Math.min(MAX_DISPLAY_NAME, displayName.length())),
                rolesOf(texts(claims, settings.groupsClaim()), settings.roles()),
                code(
                        claims,
                        settings.organisationClaim(),
                        code -> catalogue.findOrganisation(code).isPresent()),
                code(
                        claims,
                        settings.regionClaim(),
                        code -> catalogue.findRegion(code).isPresent()));
        return new ExternalIdentity(claims.getIssuer(), claims.getSubject(), name, profile);
    }

    private static Set<Role> rolesOf(Collection<String> groups, Map<String, List<String>> mapping) {
        Set<Role> roles = EnumSet.noneOf(Role.class);
        groups.forEach(group -> mapping.getOrDefault(group, List.of()).forEach(role -> roles.add(Role.valueOf(role))));
        return roles;
    }

    /** A code that nothing has gives nothing, rather than a person who can't sign in. */
    private static Optional<String> code(JWTClaimsSet claims, String claim, Predicate<String> exists) {
        Optional<String> code = text(claims, claim);
        if (code.filter(exists.negate()).isPresent()) {
            LOG.log(Level.WARNING, "The claim {0} of {1} is no code that is known here", claim, claims.getSubject());
        }
        return code.filter(exists);
    }

    /** A claim that is a text, without control characters. */
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
                .map(text -> text.replaceAll("\\p{Cntrl}", ""))
                .toList();
    }
}
