package io.reportfiles.reconcile;

/**
 * How much a run has looked at.
 *
 * @param objects versions and marks in the bucket, below our prefix
 * @param foreignObjects those of them whose keys are none of ours; they are left alone
 * @param uploads unfinished uploads
 * @param files published report files whose objects were looked at
 * @param findings what was not as it should be
 * @param removed what was removed for that
 */
public record Counts(long objects, long foreignObjects, long uploads, long files, long findings, long removed) {}
