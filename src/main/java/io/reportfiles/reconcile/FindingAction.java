package io.reportfiles.reconcile;

/** What came of a finding. Names are kept in the database and shown to administrators. */
public enum FindingAction {
    /** It is removed. */
    REMOVED,
    /** It would have been removed, but this was a dry run. */
    WOULD_REMOVE,
    /** It is left as it is, for somebody to look at. */
    REPORTED,
    /** It is left as it is, since too many are alike. */
    WITHHELD,
    /** The store did not let us remove it. */
    FAILED
}
