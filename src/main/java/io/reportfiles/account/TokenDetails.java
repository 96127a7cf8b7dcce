package io.reportfiles.account;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * What is shown of an access token after its creation.
 *
 * @param id what it is revoked by
 * @param name what its owner called it
 * @param createdAt when it was created
 * @param expiresAt when it stops working; empty for never
 * @param lastUsedAt when it was used, give or take some minutes; empty for not yet
 * @param actions what it is limited to, names of {@link io.reportfiles.access.Action}; empty for no limit
 */
public record TokenDetails(
        UUID id,
        String name,
        Instant createdAt,
        Optional<Instant> expiresAt,
        Optional<Instant> lastUsedAt,
        Optional<List<String>> actions) {}
