package io.reportfiles.account;

import io.reportfiles.access.AccountState;
import io.reportfiles.access.Role;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * An account in the form of the API.
 *
 * @param roles in alphabetical order
 */
public record AccountJson(
        UUID id,
        String name,
        String displayName,
        List<String> roles,
        Optional<String> organisation,
        Optional<String> region,
        AccountState state,
        Instant createdAt) {

    /** The JSON of an account. */
    public static AccountJson of(AccountDetails account) {
        AccountProfile profile = account.profile();
        return new AccountJson(
                account.id(),
                account.name(),
                profile.displayName(),
                profile.roles().stream().map(Role::name).sorted().toList(),
                profile.organisation(),
                profile.region(),
                account.state(),
                account.createdAt());
    }
}
