package io.reportfiles.signin;

import io.reportfiles.account.AccountProfile;
import io.reportfiles.account.ExternalIdentity;
import io.reportfiles.config.LdapSettings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A directory written by a test. */
final class PaperDirectory implements Directory {

    /** Nobody connects to it. */
    static final LdapSettings.Server SERVER = new LdapSettings.Server(
            List.of(),
            true,
            Optional.empty(),
            Duration.ZERO,
            new LdapSettings.People(Optional.empty(), Optional.empty(), "", "", "", ""),
            new LdapSettings.Groups(Optional.empty(), "", "", Map.of()));

    private final Map<String, String> passwords = new HashMap<>();
    private final Map<String, AccountProfile> profiles = new HashMap<>();
    private final List<String> asked = new ArrayList<>();
    private boolean away;

    /** From now on it knows a person. */
    void put(String name, String password, AccountProfile profile) {
        passwords.put(name, password);
        profiles.put(name, profile);
    }

    /** From now on it can't be asked. */
    void leave() {
        away = true;
    }

    /** Each name and password that it was asked about. */
    List<String> asked() {
        return asked;
    }

    @Override
    public Optional<ExternalIdentity> identify(String name, String password) {
        asked.add(name + " " + password);
        if (away) {
            throw new DirectoryException("it is on paper");
        }
        return Optional.of(name)
                .filter(known -> password.equals(passwords.get(known)))
                .map(known -> new ExternalIdentity("ldap", known + "-id", known, profiles.get(known)));
    }
}
