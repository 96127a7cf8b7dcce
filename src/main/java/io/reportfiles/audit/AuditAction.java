package io.reportfiles.audit;

/** What was changed, or tried at the door. Names are kept in the database: they are added to, never renamed. */
public enum AuditAction {
    FILE_SUBMITTED,
    FILE_WITHDRAWN,
    FILE_RESTORED,
    FILE_DAMAGED,
    FILE_INTACT,
    REGION_CREATED,
    REGION_CHANGED,
    ORGANISATION_CREATED,
    ORGANISATION_CHANGED,
    SECTION_CREATED,
    SECTION_CHANGED,
    ACCOUNT_CREATED,
    ACCOUNT_CHANGED,
    ACCOUNT_APPROVED,
    ACCOUNT_ACTIVATED,
    ACCOUNT_DEACTIVATED,
    PASSWORD_CHANGED,
    TOKEN_CREATED,
    TOKEN_REVOKED,
    SIGN_IN_FAILED,
    SIGNED_IN
}
