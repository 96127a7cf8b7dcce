package io.reportfiles.reconcile;

import io.reportfiles.reportfile.ReportFileId;
import java.util.Optional;

/**
 * One thing that is not as it should be.
 *
 * @param kind what is wrong
 * @param key of the object
 * @param reportFile whose it is, if a row says so
 * @param detail one line for administrators
 * @param action what came of it
 */
record Finding(FindingKind kind, String key, Optional<ReportFileId> reportFile, String detail, FindingAction action) {}
