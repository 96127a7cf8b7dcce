package io.reportfiles.persistence;

import jakarta.persistence.OptimisticLockException;
import java.sql.SQLException;

/**
 * The work of a transaction was done, and its commit did not succeed as far as is known. The database may have committed it
 * all the same: the answer may be what was lost.
 */
public final class CommitFailedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private static final int DEEPEST = 20;

    /** SQL states of a constraint that was violated. */
    private static final String INTEGRITY = "23";

    /** Of what the servers' transaction managers made of it. */
    public CommitFailedException(Throwable cause) {
        super("The transaction was not committed, as far as is known", cause);
    }

    /** Whether {@code failure} is one that leaves open whether the transaction was committed. */
    public static boolean isUnknown(Throwable failure) {
        return failure instanceof CommitFailedException commit && commit.isOutcomeUnknown();
    }

    /** Throws {@code failure} on if it leaves open whether the transaction was committed: what is there then may be its own. */
    public static void throwIfUnknown(RuntimeException failure) {
        if (isUnknown(failure)) {
            throw failure;
        }
    }

    /**
     * Whether nobody knows if the transaction was committed. It was not where the database refused it: a constraint was
     * violated, somebody else had changed the same, or the database said that it can't.
     */
    public boolean isOutcomeUnknown() {
        Throwable cause = getCause();
        for (int depth = 0; cause != null && depth < DEEPEST; depth++) {
            if (cause instanceof OptimisticLockException
                    || (cause instanceof SQLException refused
                            && refused.getSQLState() != null
                            && (refused.getSQLState().startsWith(INTEGRITY)
                                    || DatabaseAway.isRefusal(refused.getSQLState())))) {
                return false;
            }
            cause = cause.getCause();
        }
        return true;
    }
}
