package io.reportfiles.account;

import io.reportfiles.access.Caller;
import java.util.Optional;

/**
 * An account as far as signing in is concerned.
 *
 * @param caller who asks, if the account is active
 * @param state whether it may sign in
 * @param passwordHash as {@link Passwords#hash} made it; empty for an account without a password
 */
record Identity(Caller caller, AccountState state, Optional<String> passwordHash) {

    boolean isActive() {
        return state == AccountState.ACTIVE;
    }

    @Override
    public String toString() {
        return "Identity[%s, %s]".formatted(caller.name(), state);
    }
}
