package io.reportfiles.account;

import io.reportfiles.access.AccountState;
import io.reportfiles.access.Role;
import io.reportfiles.audit.AuditAction;
import io.reportfiles.audit.AuditLog;
import io.reportfiles.persistence.Transactions;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Clock;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The accounts of people whom somebody else has identified: an identity provider or a directory. They are found by issuer
 * and subject, never by a name, so that nobody gets an account by being called like its owner somewhere else. Any number of
 * threads and nodes may call.
 */
@ApplicationScoped
public class ExternalAccounts {

    private static final Logger LOG = System.getLogger(ExternalAccounts.class.getName());

    private static final int SHORT_NAME = 50;

    private EntityManager entities;
    private Transactions transactions;
    private AuditLog audit;
    private Accounts accounts;
    private KnownTokens known;
    private Clock clock;

    /** For the client proxy. */
    protected ExternalAccounts() {}

    /** Takes its collaborators. */
    @Inject
    public ExternalAccounts(
            EntityManager entities,
            Transactions transactions,
            AuditLog audit,
            Accounts accounts,
            KnownTokens known,
            Clock clock) {
        this.entities = entities;
        this.transactions = transactions;
        this.audit = audit;
        this.accounts = accounts;
        this.known = known;
        this.clock = clock;
    }

    /** The account of a person as the mapping wants it by now. */
    public Identity accountOf(ExternalIdentity person) {
        Identity identity;
        try {
            identity = transactions.call(() -> renewOrCreate(person));
        } catch (RuntimeException notCommitted) { // somebody else may have created it, or taken its name, in between
            identity = transactions.call(() -> renewOrCreate(person));
        }
        known.forget();
        return identity;
    }

    private Identity renewOrCreate(ExternalIdentity person) {
        return find(person).map(account -> renew(account, person)).orElseGet(() -> create(person));
    }

    private Optional<Account> find(ExternalIdentity person) {
        return entities
                .createNamedQuery("Account.byExternalId", Account.class)
                .setParameter("externalId", person.key())
                .getResultList()
                .stream()
                .findFirst();
    }

    private Identity renew(Account account, ExternalIdentity person) {
        AccountProfile now = account.details().profile();
        boolean follows = person.isMapped() || account.isProfileGiven(); // who left all groups has no role any more
        boolean waits = person.isMapped() && account.state() == AccountState.PENDING;
        AccountProfile wanted = follows ? keepingAnAdministrator(account, person.profile()) : now;
        if (account.state() != AccountState.DEACTIVATED && (waits || !now.equals(wanted))) {
            account.follow(wanted);
            record(AuditAction.ACCOUNT_CHANGED, account, person);
        }
        return account.identity();
    }

    /** Nobody could give the role back once the last administrator has lost it. */
    private AccountProfile keepingAnAdministrator(Account account, AccountProfile wanted) {
        if (wanted.roles().contains(Role.ADMINISTRATOR) || !accounts.isLastAdministrator(account)) {
            return wanted;
        }
        LOG.log(
                Level.WARNING,
                "{0} is in no group of administrators any more, but the last active administrator, and stays it",
                account.details().name());
        return wanted.with(Role.ADMINISTRATOR);
    }

    private Identity create(ExternalIdentity person) {
        AccountState state = person.isMapped() ? AccountState.ACTIVE : AccountState.PENDING;
        Account account = Account.external(person.key(), freeName(person), person.profile(), state, clock.instant());
        entities.persist(account);
        record(AuditAction.ACCOUNT_CREATED, account, person);
        return account.identity();
    }

    /** The name proposed if it is one and is free; else one that ends in what only this person has. */
    private AccountName freeName(ExternalIdentity person) {
        String mark = TokenSecret.sha256(person.key()).substring(0, 8);
        String letters = person.name().replaceAll("[^A-Za-z0-9._@+-]", "").replaceAll("^[^A-Za-z0-9]+", "");
        String base = letters.isEmpty() ? "sso" : letters.substring(0, Math.min(SHORT_NAME, letters.length()));
        return Stream.of(person.name(), base + "+" + mark)
                .flatMap(text -> AccountName.parse(text).stream())
                .filter(accounts::isFree)
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("no free name like " + base.toLowerCase(Locale.ROOT)));
    }

    private void record(AuditAction action, Account account, ExternalIdentity person) {
        AccountDetails details = account.details();
        audit.record(
                action,
                AuditLog.SYSTEM,
                Accounts.SUBJECT,
                details.id().toString(),
                "%s %s %s as %s says"
                        .formatted(
                                details.name(),
                                details.state(),
                                details.profile().roles().stream().sorted().toList(),
                                person.issuer()));
    }
}
