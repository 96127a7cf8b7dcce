package io.reportfiles.ledger;

/** How a transfer ended. Names are kept in the database: they are added to, never renamed. */
public enum TransferOutcome {
    /** It has not ended yet, as far as is known. */
    STARTED,
    /** Every promised byte was handed to the reader's connection. */
    COMPLETE,
    /** The reader left before the end. */
    CLIENT_GONE,
    /** The store failed in the middle. */
    STORAGE_FAILED,
    /** The bytes were not those that were submitted. */
    INTEGRITY_FAILED,
    /** The caller was not allowed, or the file is not there to be read. */
    REFUSED,
    /** The reader has the bytes already. */
    NOT_MODIFIED,
    /** The node stopped in the middle, or an administrator broke it off. */
    INTERRUPTED,
    /** The reader lost the permission in the middle. */
    REVOKED;

    /** Whether nothing more can happen. */
    public boolean isFinal() {
        return this != STARTED;
    }
}
