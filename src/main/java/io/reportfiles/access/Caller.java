package io.reportfiles.access;

import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * Who asks: an active account as it stood when the request was authenticated.
 *
 * @param accountId the account's id
 * @param name the account's unique sign-in name
 * @param roles what the account is for, possibly nothing
 * @param organisation code of the organisation that the account acts for
 * @param region code of the region that the account reviews
 */
public record Caller(
        UUID accountId, String name, Set<Role> roles, Optional<String> organisation, Optional<String> region) {

    public Caller {
        roles = Set.copyOf(roles);
    }

    /** Whether the account holds {@code role}. */
    public boolean has(Role role) {
        return roles.contains(role);
    }
}
