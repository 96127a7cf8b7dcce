package io.reportfiles.account;

import io.reportfiles.access.AccountState;
import io.reportfiles.access.Caller;
import io.reportfiles.access.Role;
import jakarta.persistence.CollectionTable;
import jakarta.persistence.Column;
import jakarta.persistence.ElementCollection;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.FetchType;
import jakarta.persistence.Id;
import jakarta.persistence.JoinColumn;
import jakarta.persistence.NamedQuery;
import jakarta.persistence.Table;
import jakarta.persistence.Version;
import java.time.Instant;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** Who may sign in. Its roles are fetched with it, so that identifying a caller takes one statement. */
@Entity
@Table(name = "account")
@NamedQuery(name = "Account.byId", query = "select a from Account a left join fetch a.roles where a.id = :id")
@NamedQuery(name = "Account.byName", query = "select a from Account a left join fetch a.roles where a.name = :name")
@NamedQuery(
        name = "Account.byExternalId",
        query = "select a from Account a left join fetch a.roles where a.externalId = :externalId")
@NamedQuery(
        name = "Account.byIds",
        query = "select distinct a from Account a left join fetch a.roles where a.id in :ids order by a.name")
@NamedQuery(name = "Account.activeWithRole", query = """
                select distinct a.id from Account a join a.roles r
                where r = :role and a.state = io.reportfiles.access.AccountState.ACTIVE order by a.id""")
@NamedQuery(name = "Account.activeOfOrganisation", query = """
                select distinct a from Account a left join fetch a.roles
                where a.organisationCode = :organisation and a.state = io.reportfiles.access.AccountState.ACTIVE
                order by a.name""")
@NamedQuery(
        name = "Account.renewHash",
        query = "update Account a set a.passwordHash = :renewed where a.id = :id and a.passwordHash = :kept")
@NamedQuery(name = "Account.count", query = "select count(a) from Account a")
class Account {

    @Id
    @Column(name = "id", updatable = false)
    private UUID id;

    @Column(name = "name", updatable = false)
    private String name;

    @Column(name = "display_name")
    private String displayName;

    @Column(name = "password_hash")
    private String passwordHash; // null: none here

    @Column(name = "external_id", updatable = false)
    private String externalId; // null: known here only

    @Column(name = "profile_given")
    private boolean profileGiven;

    @Enumerated(EnumType.STRING)
    @Column(name = "state")
    private AccountState state;

    @ElementCollection(fetch = FetchType.LAZY)
    @CollectionTable(name = "account_role", joinColumns = @JoinColumn(name = "account_id"))
    @Enumerated(EnumType.STRING)
    @Column(name = "role")
    private Set<Role> roles = new HashSet<>();

    @Column(name = "organisation_code")
    private String organisationCode; // null: acts for none

    @Column(name = "region_code")
    private String regionCode; // null: reviews none

    @Column(name = "created_at", updatable = false)
    private Instant createdAt;

    @Column(name = "session_epoch")
    private int sessionEpoch;

    @Version
    @Column(name = "row_version")
    private int rowVersion;

    protected Account() {}

    Account(AccountName name, AccountProfile profile, String passwordHash, AccountState state, Instant now) {
        this.id = UUID.randomUUID();
        this.name = name.value();
        this.passwordHash = passwordHash;
        this.state = state;
        this.createdAt = now;
        change(profile);
    }

    /** The account of a person whom an identity provider or a directory knows; without a password. */
    static Account external(
            String externalId, AccountName name, AccountProfile profile, AccountState state, Instant now) {
        Account account = new Account(name, profile, null, state, now);
        account.externalId = externalId;
        account.profileGiven = state == AccountState.ACTIVE;
        return account;
    }

    /** Takes over what the identity provider or the directory says now, which for an account that waits is its approval. */
    void follow(AccountProfile profile) {
        change(profile);
        profileGiven = true;
        if (state == AccountState.PENDING) {
            become(AccountState.ACTIVE);
        }
    }

    /** Whether its owner is known to an identity provider or a directory, and signs in there. */
    boolean isExternal() {
        return externalId != null;
    }

    /** Whether roles, organisation and region come from an identity provider or a directory. */
    boolean isProfileGiven() {
        return profileGiven;
    }

    final void change(AccountProfile profile) {
        displayName = profile.displayName();
        organisationCode = profile.organisation().orElse(null);
        regionCode = profile.region().orElse(null);
        roles.retainAll(profile.roles());
        roles.addAll(profile.roles());
    }

    void changePassword(String newHash) {
        passwordHash = newHash;
        endSessions();
    }

    /** Ends all browser sessions, wherever they are: each remembers the epoch in which it began. */
    final void endSessions() {
        sessionEpoch++;
    }

    void become(AccountState newState) {
        state = newState;
        endSessions(); // or the old ones would go on once the account is activated again
    }

    AccountState state() {
        return state;
    }

    boolean isActiveAdministrator() {
        return state == AccountState.ACTIVE && roles.contains(Role.ADMINISTRATOR);
    }

    Identity identity() {
        Caller caller =
                new Caller(id, name, roles, Optional.ofNullable(organisationCode), Optional.ofNullable(regionCode));
        return new Identity(caller.in(state), Optional.ofNullable(passwordHash), sessionEpoch);
    }

    AccountDetails details() {
        AccountProfile profile = new AccountProfile(
                displayName, roles, Optional.ofNullable(organisationCode), Optional.ofNullable(regionCode));
        return new AccountDetails(id, name, profile, state, createdAt);
    }
}
