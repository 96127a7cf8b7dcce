package io.reportfiles.account;

import io.reportfiles.access.AccountState;
import io.reportfiles.access.Role;
import io.reportfiles.config.AccountSettings;
import io.reportfiles.config.Secret;
import io.reportfiles.persistence.DatabaseReady;
import io.reportfiles.web.problem.ProblemException;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Optional;
import java.util.Set;

/**
 * Creates the account {@code admin} in a database without accounts, so that somebody can sign in. Several nodes may start
 * at once: the name is unique in the database, and only the node that created the account tells its password.
 */
@ApplicationScoped
public class FirstAdministrator {

    private static final Logger LOG = System.getLogger(FirstAdministrator.class.getName());

    private static final AccountName NAME = new AccountName("admin");
    private static final int GENERATED_BYTES = 18; // 144 bits, 24 characters

    private Accounts accounts;
    private Passwords passwords;
    private AccountSettings settings;

    /** For the client proxy. */
    protected FirstAdministrator() {}

    /** Takes its collaborators. */
    @Inject
    public FirstAdministrator(Accounts accounts, Passwords passwords, AccountSettings settings) {
        this.accounts = accounts;
        this.passwords = passwords;
        this.settings = settings;
    }

    /** Creates the account if there is none at all, as soon as the database can be used. */
    public void createIfNeeded(@Observes DatabaseReady event) {
        if (accounts.exist()) {
            return;
        }
        if (!settings.passwordSignIn()) {
            LOG.log(
                    Level.WARNING,
                    "There is no account, and no first administrator is created: passwords that are kept here let nobody in");
            return;
        }
        Optional<String> configured = settings.firstPassword().map(Secret::value);
        String password = configured.orElseGet(FirstAdministrator::generate);
        AccountProfile profile =
                new AccountProfile("Administrator", Set.of(Role.ADMINISTRATOR), Optional.empty(), Optional.empty());
        try {
            accounts.create(new NewAccount(NAME, profile, password, AccountState.ACTIVE), "system");
        } catch (ProblemException takenByAnotherNode) {
            LOG.log(Level.INFO, "Another node has created the first administrator");
            return;
        }
        if (configured.isPresent()) {
            LOG.log(Level.INFO, "Created the first administrator \"admin\" with the configured password");
            passwords
                    .defectOf(password)
                    .ifPresent(defect -> LOG.log(Level.WARNING, "The password of \"admin\" is weak. {0}", defect));
        } else {
            // The one secret that is ever logged: there is no other way to hand it over, and it works only until
            // changed.
            LOG.log(Level.WARNING, "Created the first administrator: sign in as \"admin\" with password {0}", password);
        }
    }

    private static String generate() {
        byte[] bits = new byte[GENERATED_BYTES];
        new SecureRandom().nextBytes(bits);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bits);
    }
}
