package io.reportfiles.access;

/** What a caller may ask for. Each action that concerns report files is decided on the organisation of the stored thing. */
public enum Action {
    /** See that a report file exists, its metadata and the versions of its series. */
    VIEW_METADATA,
    /** Receive the bytes of a report file. */
    DOWNLOAD,
    /** Submit a report file for an organisation. */
    SUBMIT,
    /** Withdraw a report file, or restore a withdrawn one. */
    WITHDRAW,
    /** See who downloaded a report file and how it ended. */
    VIEW_TRANSFERS,
    /** See what the own account downloaded. */
    VIEW_OWN_TRANSFERS,
    /** See organisations, regions and sections. */
    VIEW_CATALOGUE,
    /** Create and change organisations, regions and sections. */
    MANAGE_CATALOGUE,
    /** See and change accounts. */
    MANAGE_ACCOUNTS,
    /** See the ledger and the audit of everybody. */
    VIEW_AUDIT,
    /** Create, list and revoke personal access tokens of the own account, change its password and end its sessions. */
    MANAGE_OWN_TOKENS,
    /** Read the operational metrics and the settings in force. */
    VIEW_METRICS,
    /** Have bucket and database compared, and what a crash left removed. */
    RECONCILE,
    /** Break off downloads and uploads of others. */
    END_TRANSFERS
}
