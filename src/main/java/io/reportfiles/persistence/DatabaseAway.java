package io.reportfiles.persistence;

import jakarta.resource.spi.ResourceAllocationException;
import java.sql.SQLException;
import java.sql.SQLNonTransientConnectionException;
import java.sql.SQLRecoverableException;
import java.sql.SQLTransientConnectionException;
import java.util.Set;

/** Tells a database that is away, or whose connections are all taken, from a statement that failed. */
public final class DatabaseAway {

    /** Beginnings of SQL states of a lost connection, a shutdown, or a statement whose end is unknown (PostgreSQL's table). */
    private static final Set<String> LOST = Set.of("08", "57P", "40003");

    /**
     * Beginnings of SQL states with which a database says that it can't just now: it is read-only, since it is a standby
     * or has failed over; a transaction was rolled back for others (deadlock, serialisation); resources are exhausted, the
     * disk is full; a statement or a lock was waited for too long; its files fail.
     */
    private static final Set<String> REFUSALS =
            Set.of("25006", "40000", "40001", "40002", "40P", "53", "55P03", "57014", "58");

    /**
     * H2: already closed, broken connection, in use by another process, closed while opening, file corrupted; failure of
     * the file system (two codes), read-only, waited too long for a lock, cancelled, changed by others.
     */
    private static final Set<Integer> H2_CODES =
            Set.of(90098, 90067, 90020, 90121, 90030, 90028, 90031, 90097, 50200, 57014, 90131);

    private static final int DEEPEST = 20;

    private DatabaseAway() {}

    /** Whether the database is not there, anywhere below {@code failure}. */
    public static boolean isCauseOf(Throwable failure) {
        Throwable cause = failure;
        for (int depth = 0; cause != null && depth < DEEPEST; depth++) {
            if (isAway(cause)) {
                return true;
            }
            cause = cause.getCause();
        }
        return false;
    }

    /** Whether an SQL state says that the database can't do what was asked just now, and has not done it. */
    static boolean isRefusal(String state) {
        return REFUSALS.stream().anyMatch(state::startsWith);
    }

    private static boolean isAway(Throwable cause) {
        if (cause instanceof SQLException failure) {
            return failure instanceof SQLTransientConnectionException
                    || failure instanceof SQLNonTransientConnectionException
                    || failure instanceof SQLRecoverableException
                    || H2_CODES.contains(failure.getErrorCode())
                    || (failure.getSQLState() != null
                            && (isRefusal(failure.getSQLState())
                                    || LOST.stream().anyMatch(failure.getSQLState()::startsWith)));
        }
        return isOfThePool(cause);
    }

    // A server's connection pool says in its own words that there is no connection: with the connector architecture's
    // exception, or with one of its own package, which only the server has.
    private static boolean isOfThePool(Throwable cause) {
        return cause instanceof ResourceAllocationException
                || cause.getClass().getName().equals("com.sun.appserv.connectors.internal.api.PoolingException");
    }
}
