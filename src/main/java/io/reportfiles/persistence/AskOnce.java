package io.reportfiles.persistence;

import org.eclipse.persistence.sessions.Session;
import org.eclipse.persistence.sessions.SessionCustomizer;

/**
 * Lets a query fail when its connection does. By default EclipseLink waits five seconds and asks again, three times: a
 * request would hold its thread for a minute while the database is silent, and the answer would be 503 all the same.
 */
public final class AskOnce implements SessionCustomizer {

    /** For the persistence provider. */
    public AskOnce() {}

    @Override
    public void customize(Session session) {
        session.getLogin().setQueryRetryAttemptCount(0);
    }
}
