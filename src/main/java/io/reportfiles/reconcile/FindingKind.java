package io.reportfiles.reconcile;

/** What can be wrong between bucket and database. Names are kept in the database and shown to administrators. */
public enum FindingKind {
    /** A submission whose lease ran out, or that failed and was not cleaned up behind. */
    DEAD_SUBMISSION,
    /** Something stored by a submission that has failed and was cleaned up behind: it came later. */
    LEFTOVER_OBJECT,
    /** A version, or a mark of a deletion, beside the one that a file's row refers to. */
    UNREFERENCED_VERSION,
    /** An object that no row names. */
    UNKNOWN_OBJECT,
    /** An upload of several parts that nobody goes on with. */
    UNFINISHED_UPLOAD,
    /** A file whose object does not exist. */
    MISSING_OBJECT,
    /** A file whose object the store does not let us look at, so that it is not known whether it is there. */
    UNREADABLE_OBJECT,
    /** A file whose object has another size, entity tag or checksum. */
    DIFFERENT_OBJECT
}
