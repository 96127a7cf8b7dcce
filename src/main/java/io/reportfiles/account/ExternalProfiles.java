package io.reportfiles.account;

import io.reportfiles.access.Role;
import io.reportfiles.catalogue.Catalogue;
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

/** From what somebody else says of a person to a profile as accounts have one, by a configured mapping. */
@ApplicationScoped
public class ExternalProfiles {

    private static final Logger LOG = System.getLogger(ExternalProfiles.class.getName());

    private static final int MAX_DISPLAY_NAME = 200;

    private Catalogue catalogue;

    /** For the client proxy. */
    protected ExternalProfiles() {}

    /** Takes what codes have to be of. */
    @Inject
    public ExternalProfiles(Catalogue catalogue) {
        this.catalogue = catalogue;
    }

    /**
     * What an identity provider or a directory says of a person; control characters in it do not count.
     *
     * @param subject what it calls the person
     * @param displayName empty where it gives none
     * @param groups what the person is in
     * @param organisation a code, not known to be right
     * @param region a code, not known to be right
     */
    public record ClaimedProfile(
            String subject,
            Optional<String> displayName,
            Collection<String> groups,
            Optional<String> organisation,
            Optional<String> region) {}

    /**
     * The profile that this comes to.
     *
     * @param roles from group to the names of roles
     */
    public AccountProfile profileOf(ClaimedProfile claimed, Map<String, List<Role>> roles) {
        String displayName = claimed.displayName()
                .map(ExternalProfiles::printable)
                .filter(text -> !text.isBlank())
                .orElse("-");
        return new AccountProfile(
                displayName.substring(0, Math.min(MAX_DISPLAY_NAME, displayName.length())),
                rolesOf(claimed.groups(), roles),
                code(
                        claimed.organisation(),
                        claimed,
                        code -> catalogue.findOrganisation(code).isPresent()),
                code(
                        claimed.region(),
                        claimed,
                        code -> catalogue.findRegion(code).isPresent()));
    }

    private static Set<Role> rolesOf(Collection<String> groups, Map<String, List<Role>> mapping) {
        Set<Role> roles = EnumSet.noneOf(Role.class);
        groups.forEach(group -> roles.addAll(mapping.getOrDefault(group, List.of())));
        return roles;
    }

    /** A code that nothing has gives nothing, rather than a person who can't sign in. */
    private static Optional<String> code(Optional<String> said, ClaimedProfile person, Predicate<String> exists) {
        Optional<String> code = said.map(ExternalProfiles::printable);
        if (code.filter(exists.negate()).isPresent()) {
            LOG.log(
                    Level.WARNING,
                    "{0} comes with the code {1}, which is not known here",
                    printable(person.subject()),
                    code.get());
        }
        return code.filter(exists);
    }

    private static String printable(String text) {
        return text.replaceAll("\\p{Cntrl}", "");
    }
}
