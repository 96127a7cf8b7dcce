package io.reportfiles.account;

import io.reportfiles.access.Caller;
import io.reportfiles.web.ProblemException;
import io.reportfiles.web.ProblemType;
import jakarta.servlet.http.HttpServletRequest;

/**
 * What the authentication mechanism found out about a request. The mechanism runs before all filters, where servers
 * differ in what they make of an answer; so it only leaves a note, and {@link SignInFilter} acts on it.
 */
sealed interface Identification {

    /** The request comes from this caller. */
    record Known(Caller caller) implements Identification {}

    /** The request brought nothing that says who sent it. */
    record Anonymous() implements Identification {}

    /** The request may not go on: its credentials are wrong, it is forged, or nobody can tell now. */
    record Refused(RuntimeException reason) implements Identification {

        static Refused badCredentials() {
            return new Refused(new ProblemException(
                    ProblemType.UNAUTHENTICATED, "The credentials that came with this request are not accepted."));
        }

        static Refused notWhileSeeing() {
            return new Refused(new ProblemException(
                    ProblemType.FORBIDDEN,
                    "You only see what another account would see: nothing is changed and no file is fetched in its name."
                            + " Go back to your own account for this."));
        }

        static Refused seenNoMore() {
            return new Refused(new ProblemException(
                    ProblemType.FORBIDDEN,
                    "This browser session does not look at what that account sees, or not any more. An administrator"
                            + " begins that at the account."));
        }

        static Refused forged() {
            return new Refused(new ProblemException(
                    ProblemType.FORBIDDEN,
                    "A change that a browser asks for has to come from a page of this application."
                            + " Scripts use an access token."));
        }
    }

    /** Leaves the note; to be read by {@link #of}. */
    default void leaveAt(HttpServletRequest request) {
        request.setAttribute(Identification.class.getName(), this);
    }

    /** The note left at a request; without one, nobody is known. */
    static Identification of(HttpServletRequest request) {
        Object note = request.getAttribute(Identification.class.getName());
        return note instanceof Identification identification ? identification : new Anonymous();
    }
}
