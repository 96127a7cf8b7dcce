package io.reportfiles.account;

import io.reportfiles.access.AccountState;
import java.time.Instant;
import java.util.UUID;

/**
 * An account as it stood when it was read.
 *
 * @param id never changes
 * @param name what it signs in with, in lower case
 * @param profile what it is for
 * @param state whether it may sign in
 * @param createdAt when it was created
 */
public record AccountDetails(UUID id, String name, AccountProfile profile, AccountState state, Instant createdAt) {}
