package io.reportfiles.account;

import io.reportfiles.access.Caller;
import io.reportfiles.audit.AuditAction;
import io.reportfiles.audit.AuditLog;
import io.reportfiles.persistence.Transactions;
import io.reportfiles.web.problem.ProblemException;
import io.reportfiles.web.problem.ProblemType;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** The personal access tokens of an account. Each call is one short transaction; any number of threads may call. */
@ApplicationScoped
public class AccessTokens {

    /** More than one for each purpose is a script gone wild. */
    public static final int MAX_PER_ACCOUNT = 100;

    private static final String SUBJECT = "access-token";

    private final SecureRandom random = new SecureRandom();

    private EntityManager entities;
    private Transactions transactions;
    private AuditLog audit;
    private KnownTokens known;
    private Clock clock;

    /** For the client proxy. */
    protected AccessTokens() {}

    /** Takes its collaborators. */
    @Inject
    public AccessTokens(
            EntityManager entities, Transactions transactions, AuditLog audit, KnownTokens known, Clock clock) {
        this.entities = entities;
        this.transactions = transactions;
        this.audit = audit;
        this.known = known;
        this.clock = clock;
    }

    /** A token with its secret, which can't be had again. */
    public record Created(TokenDetails details, TokenSecret secret) {}

    /**
     * Creates a token.
     *
     * @throws ProblemException 409 if the account has as many as it may have
     */
    public Created create(Caller owner, String name, Optional<Instant> expiresAt, TokenReach reach) {
        TokenSecret secret = TokenSecret.generate(random);
        return transactions.call(() -> {
            if (tokensOf(owner).size() >= MAX_PER_ACCOUNT) {
                throw new ProblemException(
                        ProblemType.CONFLICT,
                        "An account has at most %d access tokens. Revoke one first.".formatted(MAX_PER_ACCOUNT));
            }
            Account account = entities.getReference(Account.class, owner.accountId());
            AccessToken token = new AccessToken(account, name, secret, clock.instant(), expiresAt, reach);
            entities.persist(token);
            TokenDetails details = token.details();
            audit.record(
                    AuditAction.TOKEN_CREATED,
                    owner.name(),
                    SUBJECT,
                    details.id().toString(),
                    name + details.actions().map(actions -> " for " + actions).orElse(""));
            return new Created(details, secret);
        });
    }

    /** The tokens that were not revoked, the newest first. */
    public List<TokenDetails> list(Caller owner) {
        return tokensOf(owner).stream().map(AccessToken::details).toList();
    }

    /** A token of this owner that was not revoked. */
    public Optional<TokenDetails> find(Caller owner, UUID id) {
        return list(owner).stream().filter(token -> token.id().equals(id)).findFirst();
    }

    /**
     * Revokes a token: the next request with it fails.
     *
     * @return whether the owner had such a token
     */
    public boolean revoke(Caller owner, UUID id) {
        boolean done = transactions.call(() -> {
            int revoked = entities.createNamedQuery("AccessToken.revoke")
                    .setParameter("now", clock.instant())
                    .setParameter("id", id)
                    .setParameter("account", owner.accountId())
                    .executeUpdate();
            if (revoked > 0) {
                audit.record(AuditAction.TOKEN_REVOKED, owner.name(), SUBJECT, id.toString(), "");
            }
            return revoked > 0;
        });
        known.forget();
        return done;
    }

    private List<AccessToken> tokensOf(Caller owner) {
        return entities.createNamedQuery("AccessToken.ofAccount", AccessToken.class)
                .setParameter("account", owner.accountId())
                .getResultList();
    }
}
