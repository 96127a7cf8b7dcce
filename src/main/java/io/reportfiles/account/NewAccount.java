package io.reportfiles.account;

import io.reportfiles.access.AccountState;

/**
 * An account that is to be created.
 *
 * @param name what it will sign in with
 * @param profile what it is for
 * @param password in the clear; checked already
 * @param state {@code PENDING} until somebody approves it, or {@code ACTIVE}
 */
public record NewAccount(AccountName name, AccountProfile profile, String password, AccountState state) {

    @Override
    public String toString() {
        return "NewAccount[%s, %s]".formatted(name.value(), state);
    }
}
