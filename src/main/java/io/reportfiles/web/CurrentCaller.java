package io.reportfiles.web;

import io.reportfiles.access.AccessPolicy;
import io.reportfiles.access.Action;
import io.reportfiles.access.Caller;
import io.reportfiles.access.Decision.Denied;
import io.reportfiles.access.DecisionReason;
import io.reportfiles.access.Scope;
import io.reportfiles.web.problem.ProblemException;
import io.reportfiles.web.problem.ProblemType;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Optional;

/** The caller of a request, put there when it was authenticated. */
public final class CurrentCaller {

    private static final String ATTRIBUTE = Caller.class.getName();

    private CurrentCaller() {}

    /** Notes that {@code request} comes from {@code caller}; for those alone who authenticate it. */
    public static void set(HttpServletRequest request, Caller caller) {
        request.setAttribute(ATTRIBUTE, caller);
    }

    /** The caller, empty where the request is anonymous. */
    public static Optional<Caller> find(HttpServletRequest request) {
        return Optional.ofNullable((Caller) request.getAttribute(ATTRIBUTE));
    }

    /** The caller; an anonymous request fails with 401. */
    public static Caller require(HttpServletRequest request) {
        return find(request)
                .orElseThrow(() -> new ProblemException(ProblemType.UNAUTHENTICATED, "Sign in to continue."));
    }

    /** Requires that what the caller signed in with reaches as far as {@code action}; otherwise the request fails with 403. */
    public static void requireReach(HttpServletRequest request, Action action) {
        if (!require(request).isGoodFor(action)) {
            throw new ProblemException(ProblemType.FORBIDDEN, new Denied(DecisionReason.LIMITED_TOKEN).reason());
        }
    }

    /** The caller, if allowed to do {@code action} to a thing of {@code scope}; otherwise the request fails with 403. */
    public static Caller requireAllowed(HttpServletRequest request, Action action, Scope scope) {
        Caller caller = require(request);
        if (AccessPolicy.decide(caller, action, scope) instanceof Denied denied) {
            throw new ProblemException(ProblemType.FORBIDDEN, denied.reason());
        }
        return caller;
    }
}
