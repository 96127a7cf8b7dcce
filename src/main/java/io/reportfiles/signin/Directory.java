package io.reportfiles.signin;

import io.reportfiles.account.ExternalIdentity;
import java.util.Optional;

/**
 * People whom somebody else keeps with their passwords. Any number of threads may ask; each question has a time limit of
 * its own.
 */
public interface Directory {

    /**
     * The person with this name and password. Neither is checked yet, but the password is not empty.
     *
     * @param name as it was typed
     * @return empty if there is no such person, or the password is another one: nothing tells which
     * @throws DirectoryException if the directory can't be asked
     */
    Optional<ExternalIdentity> identify(String name, String password);
}
