package io.reportfiles.web;

import jakarta.resource.spi.ResourceAllocationException;
import java.sql.SQLException;
import java.sql.SQLNonTransientConnectionException;
import java.sql.SQLRecoverableException;
import java.sql.SQLTransientConnectionException;
import java.util.Set;

/** Tells a database that is away, or whose connections are all taken, from a statement that failed. */
public final class DatabaseAway {

    /** Beginnings of SQL states: connection exceptions, resources exhausted, shutdown (PostgreSQL's table of codes). */
    private static final Set<String> STATES = Set.of("08", "53", "57P");

    /** H2: already closed, broken connection, in use by another process, closed while opening, file corrupted. */
    private static final Set<Integer> H2_CODES = Set.of(90098, 90067, 90020, 90121, 90030);

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

    private static boolean isAway(Throwable cause) {
        if (cause instanceof SQLException failure) {
            return failure instanceof SQLTransientConnectionException
                    || failure instanceof SQLNonTransientConnectionException
                    || failure instanceof SQLRecoverableException
                    || H2_CODES.contains(failure.getErrorCode())
                    || (failure.getSQLState() != null && STATES.stream().anyMatch(failure.getSQLState()::startsWith));
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
