package io.reportfiles.account;

import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/**
 * An access token with the account it speaks for.
 *
 * @param id the token's id
 * @param expiresAt when it stops working; empty for never
 * @param revokedAt when its owner revoked it
 * @param lastUsedAt when it was used, give or take some minutes
 * @param identity its account
 */
public record TokenIdentity(
        UUID id,
        Optional<Instant> expiresAt,
        Optional<Instant> revokedAt,
        Optional<Instant> lastUsedAt,
        Identity identity) {

    public boolean isUsableAt(Instant now) {
        return revokedAt.isEmpty() && expiresAt.map(now::isBefore).orElse(true);
    }
}
