package io.reportfiles.reportfile;

/** Where a report file is in its life. Only {@code AVAILABLE} and {@code WITHDRAWN} follow each other more than once. */
public enum ReportFileState {
    /** Reserved; its bytes are on their way. Has no version and nobody's list shows it unless asked to. */
    RECEIVING,
    /** Stored, confirmed and readable. */
    AVAILABLE,
    /** Taken out of circulation by an administrator; the bytes stay. */
    WITHDRAWN,
    /** Its submission did not come to an end. Never becomes anything else. */
    FAILED;

    /** Whether it was acknowledged once: it has a version and its bytes are known. */
    public boolean isPublished() {
        return this == AVAILABLE || this == WITHDRAWN;
    }
}
