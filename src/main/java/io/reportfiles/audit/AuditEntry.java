package io.reportfiles.audit;

import java.time.Instant;
import java.util.UUID;

/**
 * One change, as the audit has it.
 *
 * @param id of the row
 * @param occurredAt when it was made
 * @param action what was done
 * @param actor name of the account that did it
 * @param subjectType what kind of thing was changed
 * @param subjectId its id, code or name
 * @param detail one line about it
 */
public record AuditEntry(
        UUID id,
        Instant occurredAt,
        AuditAction action,
        String actor,
        String subjectType,
        String subjectId,
        String detail) {}
