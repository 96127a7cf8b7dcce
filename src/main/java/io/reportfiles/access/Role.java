package io.reportfiles.access;

/** What an account is for. An account may hold several; what none of them allows is denied. */
public enum Role {
    /** May do everything. */
    ADMINISTRATOR,
    /** Lists, submits and downloads the files of the own organisation. */
    ANALYST,
    /** Lists and downloads the files of the own organisation. */
    READER,
    /** Sees lists and history of the organisations in the own region, but neither bytes nor submissions. */
    REGIONAL_REVIEWER,
    /** Sees all metadata, the ledger and the audit, but no bytes. */
    AUDITOR
}
