package io.reportfiles.account;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.FetchType;
import jakarta.persistence.Id;
import jakarta.persistence.JoinColumn;
import jakarta.persistence.ManyToOne;
import jakarta.persistence.NamedQuery;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/**
 * A personal access token. It has no version column: nothing of it changes but the two instants below, each by one
 * conditional update that needs no look at the row first.
 */
@Entity
@Table(name = "access_token")
@NamedQuery(name = "AccessToken.byHash", query = """
                select t from AccessToken t join fetch t.account a left join fetch a.roles
                where t.tokenHash = :hash""")
@NamedQuery(name = "AccessToken.ofAccount", query = """
                select t from AccessToken t where t.account.id = :account and t.revokedAt is null
                order by t.createdAt desc, t.id""")
@NamedQuery(name = "AccessToken.revoke", query = """
                update AccessToken t set t.revokedAt = :now
                where t.id = :id and t.account.id = :account and t.revokedAt is null""")
@NamedQuery(name = "AccessToken.usable", query = """
                select t.id from AccessToken t
                where t.id in :ids and t.revokedAt is null and (t.expiresAt is null or t.expiresAt > :now)""")
@NamedQuery(name = "AccessToken.noteUse", query = """
                update AccessToken t set t.lastUsedAt = :now
                where t.id = :id and (t.lastUsedAt is null or t.lastUsedAt < :before)""")
class AccessToken {

    @Id
    @Column(name = "id", updatable = false)
    private UUID id;

    @ManyToOne(fetch = FetchType.LAZY, optional = false)
    @JoinColumn(name = "account_id", updatable = false)
    private Account account;

    @Column(name = "name", updatable = false)
    private String name;

    @Column(name = "token_hash", updatable = false)
    private String tokenHash;

    @Column(name = "created_at", updatable = false)
    private Instant createdAt;

    @Column(name = "expires_at", updatable = false)
    private Instant expiresAt; // null: never

    @Column(name = "actions", updatable = false)
    private String actions; // null: all that its account may do

    @Column(name = "last_used_at")
    private Instant lastUsedAt; // null: not yet

    @Column(name = "revoked_at")
    private Instant revokedAt; // null: in force

    protected AccessToken() {}

    AccessToken(
            Account account,
            String name,
            TokenSecret secret,
            Instant now,
            Optional<Instant> expiresAt,
            TokenReach reach) {
        this.id = UUID.randomUUID();
        this.account = account;
        this.name = name;
        this.tokenHash = secret.hash();
        this.createdAt = now;
        this.expiresAt = expiresAt.orElse(null);
        this.actions = reach.text().orElse(null);
    }

    TokenIdentity identity() {
        return new TokenIdentity(
                id,
                Optional.ofNullable(expiresAt),
                Optional.ofNullable(revokedAt),
                Optional.ofNullable(lastUsedAt),
                account.identity().withToken(id, reach().actions()));
    }

    TokenDetails details() {
        return new TokenDetails(
                id, name, createdAt, Optional.ofNullable(expiresAt), Optional.ofNullable(lastUsedAt), reach().named());
    }

    private TokenReach reach() {
        return TokenReach.parse(Optional.ofNullable(actions));
    }
}
