package io.reportfiles.access;

import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * Who asks: an account as it stood when the request was authenticated, and what it asks with.
 *
 * @param accountId the account's id
 * @param name the account's unique sign-in name
 * @param state whether the account may do anything at all
 * @param roles what the account is for, possibly nothing
 * @param organisation code of the organisation that the account acts for
 * @param region code of the region that the account reviews
 * @param limit the actions that the credentials of the request are good for, whatever the account may do
 * @param token the access token that the request came with; empty for other credentials
 * @param seenBy the administrator who looks at what this account would see, and has to be allowed it too; empty for an
 *     account that asks for itself
 */
public record Caller(
        UUID accountId,
        String name,
        AccountState state,
        Set<Role> roles,
        Optional<String> organisation,
        Optional<String> region,
        Set<Action> limit,
        Optional<UUID> token,
        Optional<Caller> seenBy) {

    private static final Set<Action> NO_LIMIT = EnumSet.allOf(Action.class);

    /** What can be looked at in somebody's place. Not the bytes of files: the ledger says who has got them. */
    private static final Set<Action> LOOKING = EnumSet.of(
            Action.VIEW_METADATA,
            Action.VIEW_TRANSFERS,
            Action.VIEW_OWN_TRANSFERS,
            Action.VIEW_CATALOGUE,
            Action.VIEW_AUDIT,
            Action.VIEW_METRICS);

    public Caller {
        roles = Set.copyOf(roles);
        limit = Set.copyOf(limit);
    }

    /** An active account that signed in with something that is good for all that it may do. */
    public Caller(
            UUID accountId, String name, Set<Role> roles, Optional<String> organisation, Optional<String> region) {
        this(
                accountId,
                name,
                AccountState.ACTIVE,
                roles,
                organisation,
                region,
                NO_LIMIT,
                Optional.empty(),
                Optional.empty());
    }

    /** The same account in a state. */
    public Caller in(AccountState itsState) {
        return new Caller(accountId, name, itsState, roles, organisation, region, limit, token, seenBy);
    }

    /** The same account with credentials that are good for {@code actions} only. */
    public Caller limitedTo(Set<Action> actions) {
        return new Caller(accountId, name, state, roles, organisation, region, actions, token, seenBy);
    }

    /** The same account with an access token that is good for {@code actions} only. */
    public Caller withToken(UUID id, Set<Action> actions) {
        return new Caller(accountId, name, state, roles, organisation, region, actions, Optional.of(id), seenBy);
    }

    /** The same account as {@code administrator} sees it: to look at, and no more than both may. */
    public Caller seenBy(Caller administrator) {
        return new Caller(
                accountId, name, state, roles, organisation, region, LOOKING, token, Optional.of(administrator));
    }

    /** Whether the credentials of the request reach as far as {@code action}, whatever the account may do. */
    public boolean isGoodFor(Action action) {
        return limit.contains(action);
    }

    /** The same account with nothing but its own roles to limit it. */
    public Caller unlimited() {
        return limitedTo(NO_LIMIT);
    }
}
