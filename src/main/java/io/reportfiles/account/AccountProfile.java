package io.reportfiles.account;

import io.reportfiles.access.Role;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/**
 * What administrators can change about an account.
 *
 * @param displayName the person's or the script's name as people write it
 * @param roles what the account is for
 * @param organisation code of the organisation that it acts for
 * @param region code of the region that it reviews
 */
public record AccountProfile(
        String displayName, Set<Role> roles, Optional<String> organisation, Optional<String> region) {

    public AccountProfile {
        roles = Set.copyOf(roles);
    }

    /** The same with one more role. */
    AccountProfile with(Role role) {
        Set<Role> more = EnumSet.of(role);
        more.addAll(roles);
        return new AccountProfile(displayName, more, organisation, region);
    }
}
