package io.reportfiles.access;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** Whether an account may sign in. */
public enum AccountState {
    /** Created, but not approved yet. */
    PENDING,
    /** May sign in. */
    ACTIVE,
    /** May not sign in any more; kept because the past refers to it. */
    DEACTIVATED;

    /** The state with this name in upper or lower case. */
    public static Optional<AccountState> find(String name) {
        return Arrays.stream(values())
                .filter(state -> state.name().equals(name.toUpperCase(Locale.ROOT)))
                .findAny();
    }
}
