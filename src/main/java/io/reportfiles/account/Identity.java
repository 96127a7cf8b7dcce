package io.reportfiles.account;

import io.reportfiles.access.AccessPolicy;
import io.reportfiles.access.AccountState;
import io.reportfiles.access.Action;
import io.reportfiles.access.Caller;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * An account as far as signing in is concerned.
 *
 * @param caller who asks
 * @param passwordHash as {@link Passwords#hash} made it; empty for an account without a password
 * @param sessionEpoch grows when the account's browser sessions end
 */
public record Identity(Caller caller, Optional<String> passwordHash, int sessionEpoch) {

    public boolean isActive() {
        return AccessPolicy.admits(caller.state());
    }

    /** The same account with an access token that is good for {@code actions} only. */
    Identity withToken(UUID token, Set<Action> actions) {
        return new Identity(caller.withToken(token, actions), passwordHash, sessionEpoch);
    }

    public AccountState state() {
        return caller.state();
    }

    @Override
    public String toString() {
        return "Identity[%s, %s]".formatted(caller.name(), caller.state());
    }
}
