package io.reportfiles.signin;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpSession;
import java.io.Serializable;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/**
 * Which account an administrator looks at in the browser session. Nothing of that account changes, and requests that do not
 * name it are the administrator's own: other tabs go on as before.
 *
 * @param accountId the account that is looked at
 * @param until when that ends by itself
 */
record SeenAccount(UUID accountId, Instant until) implements Serializable {

    /** What a request has to name the account in. Pages of other sites can't send it. */
    static final String HEADER = "Report-Files-See-As";

    private static final String ATTRIBUTE = SeenAccount.class.getName();
    private static final Duration LONGEST = Duration.ofMinutes(15);

    /** Begins to look at an account, and ends looking at another. */
    static SeenAccount begin(UUID account, Instant now, HttpSession session) {
        SeenAccount seen = new SeenAccount(account, now.plus(LONGEST));
        session.setAttribute(ATTRIBUTE, seen);
        return seen;
    }

    /** What the session of a request looks at. */
    static Optional<SeenAccount> find(HttpServletRequest request) {
        return Optional.ofNullable(request.getSession(false))
                .map(session -> session.getAttribute(ATTRIBUTE))
                .filter(SeenAccount.class::isInstance)
                .map(SeenAccount.class::cast);
    }

    /** Looks at nobody any more. */
    static void end(HttpServletRequest request) {
        Optional.ofNullable(request.getSession(false)).ifPresent(session -> session.removeAttribute(ATTRIBUTE));
    }

    /** Whether a request means this account, and is in time. */
    boolean isMeant(String header, Instant now) {
        return accountId.toString().equals(header) && now.isBefore(until);
    }
}
