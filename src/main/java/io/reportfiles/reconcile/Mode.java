package io.reportfiles.reconcile;

import io.reportfiles.config.ReconciliationSettings.UnknownObjects;

/**
 * What a run may do.
 *
 * @param startedBy name of the administrator, or {@link #SCHEDULE}
 * @param dryRun whether it changes nothing
 * @param unknownObjects what becomes of objects that no row names
 */
record Mode(String startedBy, boolean dryRun, UnknownObjects unknownObjects) {

    /** Who starts a run that nobody starts by hand; no account has such a name. */
    static final String SCHEDULE = "(schedule)";
}
