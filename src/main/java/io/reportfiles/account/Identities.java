package io.reportfiles.account;

import io.reportfiles.persistence.Transactions;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.TypedQuery;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/**
 * Reads accounts for those who sign in. Each look-up is at most one statement on an index, and the connection is given back
 * before it returns. Any number of threads may call.
 */
@ApplicationScoped
public class Identities {

    /** How exact the time of a token's last use is: one write in this time instead of one with each request. */
    public static final Duration USE_RESOLUTION = Duration.ofMinutes(5);

    private static final Logger LOG = System.getLogger(Identities.class.getName());

    private EntityManager entities;
    private Transactions transactions;
    private KnownTokens known;
    private Clock clock;

    /** For the client proxy. */
    protected Identities() {}

    /** Takes its collaborators. */
    @Inject
    public Identities(EntityManager entities, Transactions transactions, KnownTokens known, Clock clock) {
        this.entities = entities;
        this.transactions = transactions;
        this.known = known;
        this.clock = clock;
    }

    /** What sign-in wants to know of the account with this id, whatever its state. */
    public Optional<Identity> findById(UUID id) {
        return first(entities.createNamedQuery("Account.byId", Account.class).setParameter("id", id))
                .map(Account::identity);
    }

    /** What sign-in wants to know of the account with this name, whatever its state. */
    public Optional<Identity> findByName(AccountName name) {
        return first(entities.createNamedQuery("Account.byName", Account.class).setParameter("name", name.value()))
                .map(Account::identity);
    }

    /** As of now, or as of a moment ago: see {@link KnownTokens}. */
    public Optional<TokenIdentity> findByToken(String tokenHash) {
        return known.find(
                tokenHash,
                () -> first(entities.createNamedQuery("AccessToken.byHash", AccessToken.class)
                                .setParameter("hash", tokenHash))
                        .map(AccessToken::identity));
    }

    /**
     * Replaces the hash of an account's password by another one of the same password, unless that was changed meanwhile. A
     * failure to do so must not fail the request: the old one still verifies.
     */
    public void renewHash(Identity identity, String renewed) {
        identity.passwordHash().ifPresent(kept -> {
            try {
                transactions.run(() -> entities.createNamedQuery("Account.renewHash")
                        .setParameter("renewed", renewed)
                        .setParameter("id", identity.caller().accountId())
                        .setParameter("kept", kept)
                        .executeUpdate());
            } catch (RuntimeException notWritten) { // what a failed commit looks like differs between servers
                LOG.log(
                        Level.WARNING,
                        "The hash of the password of {0} could not be renewed: {1}",
                        identity.caller().name(),
                        notWritten);
            }
        });
    }

    /** Notes that a token is being used, unless that was noted lately. A failure to do so must not fail the request. */
    public void noteUse(TokenIdentity token) {
        Instant now = clock.instant();
        Instant before = now.minus(USE_RESOLUTION);
        if (token.lastUsedAt().filter(last -> !last.isBefore(before)).isPresent()) {
            return;
        }
        try {
            transactions.run(() -> entities.createNamedQuery("AccessToken.noteUse")
                    .setParameter("now", now)
                    .setParameter("id", token.id())
                    .setParameter("before", before) // another node may have noted it meanwhile
                    .executeUpdate());
            known.forget(); // else each request would note it until it is read again
        } catch (RuntimeException notWritten) { // what a failed commit looks like differs between servers
            LOG.log(Level.WARNING, "The use of access token {0} could not be noted: {1}", token.id(), notWritten);
        }
    }

    // A fetched collection gives a row for each of its elements, and so the same entity several times.
    private static <T> Optional<T> first(TypedQuery<T> query) {
        return query.getResultList().stream().findFirst();
    }
}
