package io.reportfiles.submission.tus;

/**
 * The right of one request to go on with an upload, until somebody else takes it over.
 *
 * @param upload the upload as it was when the request got it
 * @param fence the request's number, larger than those of all before it
 */
record UploadLock(UploadDetails upload, long fence) {

    /** So that a renewal may fail and the next one still comes in time. */
    static final int RENEWALS_PER_LEASE = 3;
}
