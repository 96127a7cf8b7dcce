package io.reportfiles.account;

import io.reportfiles.web.problem.ProblemException;

/** One try to sign in with a password. For one thread. */
public interface SignInAttempt {

    /**
     * Asked before a password is verified.
     *
     * @throws ProblemException 429 if it is too early for another try
     */
    void admit();

    /** The password was wrong, or the account can't be used. */
    void failed();

    /** The password was right. */
    void succeeded();
}
