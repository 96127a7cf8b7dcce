package io.reportfiles.audit;

import java.time.Instant;
import java.util.Optional;

/**
 * Which changes a list shows. An empty filter filters nothing.
 *
 * @param action what was done
 * @param actor name of the account that did it
 * @param subjectType what kind of thing was changed
 * @param subjectId its id, code or name
 * @param from at this time or later
 * @param until before this time
 */
public record AuditFilter(
        Optional<AuditAction> action,
        Optional<String> actor,
        Optional<String> subjectType,
        Optional<String> subjectId,
        Optional<Instant> from,
        Optional<Instant> until) {}
