package io.reportfiles.account;

/** Whether an account may sign in. */
public enum AccountState {
    /** Created, but not approved yet. */
    PENDING,
    /** May sign in. */
    ACTIVE,
    /** May not sign in any more; kept because the past refers to it. */
    DEACTIVATED
}
