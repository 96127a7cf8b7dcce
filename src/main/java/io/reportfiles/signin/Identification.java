package io.reportfiles.signin;

import io.reportfiles.access.Caller;
import io.reportfiles.web.problem.ProblemException;
import io.reportfiles.web.problem.ProblemType;

/** What was found out about who sent a request. */
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
}
