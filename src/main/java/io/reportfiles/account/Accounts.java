package io.reportfiles.account;

import io.reportfiles.access.AccountState;
import io.reportfiles.access.Caller;
import io.reportfiles.access.Role;
import io.reportfiles.audit.AuditAction;
import io.reportfiles.audit.AuditLog;
import io.reportfiles.persistence.CommitFailedException;
import io.reportfiles.persistence.Transactions;
import io.reportfiles.web.problem.ProblemException;
import io.reportfiles.web.problem.ProblemType;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.BiFunction;
import java.util.function.UnaryOperator;

/**
 * Creates and changes accounts. Each call is one short transaction with its audit event; any number of threads and nodes
 * may call. Accounts are never deleted, since files, transfers and the audit name them.
 */
@ApplicationScoped
public class Accounts {

    /** Subject type of accounts in the audit; the subject is the id. */
    public static final String SUBJECT = "account";

    private EntityManager entities;
    private Transactions transactions;
    private AuditLog audit;
    private Passwords passwords;
    private KnownTokens known;
    private Clock clock;

    /** For the client proxy. */
    protected Accounts() {}

    /** Takes its collaborators. */
    @Inject
    public Accounts(
            EntityManager entities,
            Transactions transactions,
            AuditLog audit,
            Passwords passwords,
            KnownTokens known,
            Clock clock) {
        this.entities = entities;
        this.transactions = transactions;
        this.audit = audit;
        this.passwords = passwords;
        this.known = known;
        this.clock = clock;
    }

    /** Whether there is any account. */
    boolean exist() {
        // In a transaction, for at start-up no request is under way that would give its entity manager a context.
        return transactions.call(
                () -> entities.createNamedQuery("Account.count", Long.class).getSingleResult() > 0);
    }

    /**
     * Creates an account.
     *
     * @param actor name of who creates it
     * @throws ProblemException 409 if the name is taken
     */
    public AccountDetails create(NewAccount input, String actor) {
        String hash = passwords.hash(input.password()); // before the transaction: no connection waits for PBKDF2
        try {
            return transactions.call(() -> {
                requireFree(input.name());
                Account account = new Account(input.name(), input.profile(), hash, input.state(), clock.instant());
                entities.persist(account);
                AccountDetails details = account.details();
                audit(AuditAction.ACCOUNT_CREATED, actor, details);
                return details;
            });
        } catch (ProblemException refused) {
            throw refused;
        } catch (RuntimeException notCommitted) { // what a failed commit looks like differs between servers
            CommitFailedException.throwIfUnknown(notCommitted);
            transactions.run(() -> requireFree(input.name())); // somebody else may have taken it in between
            throw notCommitted;
        }
    }

    /**
     * Changes what an account is for.
     *
     * @throws ProblemException 404 without such an account; 409 if no active administrator would be left
     */
    public AccountDetails change(UUID id, UnaryOperator<AccountProfile> change, Caller actor) {
        return change(id, (account, administrators) -> {
            AccountProfile profile = change.apply(account.details().profile());
            if (account.isActiveAdministrator() && !profile.roles().contains(Role.ADMINISTRATOR)) {
                requireAnother(administrators);
            }
            account.change(profile);
            audit(AuditAction.ACCOUNT_CHANGED, actor.name(), account.details());
            return account.details();
        });
    }

    /**
     * Lets a pending account sign in.
     *
     * @throws ProblemException 404 without such an account; 409 if it is not pending
     */
    public AccountDetails approve(UUID id, Caller actor) {
        return change(id, (account, administrators) -> {
            if (account.state() != AccountState.PENDING) {
                throw new ProblemException(ProblemType.CONFLICT, "Only a pending account can be approved.");
            }
            return become(account, AccountState.ACTIVE, AuditAction.ACCOUNT_APPROVED, actor);
        });
    }

    /**
     * Lets a deactivated account sign in again; no change for an active one.
     *
     * @throws ProblemException 404 without such an account; 409 if it was never approved
     */
    public AccountDetails activate(UUID id, Caller actor) {
        return change(id, (account, administrators) -> {
            if (account.state() == AccountState.PENDING) {
                throw new ProblemException(ProblemType.CONFLICT, "A pending account has to be approved.");
            }
            return become(account, AccountState.ACTIVE, AuditAction.ACCOUNT_ACTIVATED, actor);
        });
    }

    /**
     * Keeps an account from signing in, from its next request on; no change for a deactivated one.
     *
     * @throws ProblemException 404 without such an account; 409 if no active administrator would be left
     */
    public AccountDetails deactivate(UUID id, Caller actor) {
        return change(id, (account, administrators) -> {
            if (account.isActiveAdministrator()) {
                requireAnother(administrators);
            }
            return become(account, AccountState.DEACTIVATED, AuditAction.ACCOUNT_DEACTIVATED, actor);
        });
    }

    /**
     * Gives an account another password, which ends its browser sessions.
     *
     * @param password in the clear; checked already
     * @throws ProblemException 404 without such an account; 409 if its owner signs in elsewhere: a password here would be a
     *     way in that stays open when that one is closed
     */
    public AccountDetails changePassword(UUID id, String password, Caller actor) {
        String hash = passwords.hash(password);
        return change(id, (account, administrators) -> {
            if (account.isExternal()) {
                throw new ProblemException(
                        ProblemType.CONFLICT, "This account has no password here: its owner signs in elsewhere.");
            }
            account.changePassword(hash);
            audit(AuditAction.PASSWORD_CHANGED, actor.name(), account.details());
            return account.details();
        });
    }

    /**
     * Ends all browser sessions of an account, on every node; access tokens stay.
     *
     * @throws ProblemException 404 without such an account
     */
    public AccountDetails endSessions(UUID id, Caller actor) {
        return change(id, (account, administrators) -> {
            account.endSessions();
            audit(AuditAction.SESSIONS_ENDED, actor.name(), account.details());
            return account.details();
        });
    }

    /**
     * Whether no active administrator would be left without this account. Called in a transaction, until whose end nobody
     * else changes an administrator.
     */
    boolean isLastAdministrator(Account account) {
        if (!account.isActiveAdministrator()) {
            return false;
        }
        List<UUID> administrators = lockAdministrators();
        return account.isActiveAdministrator() && administrators.size() < 2; // as it is by now
    }

    private AccountDetails become(Account account, AccountState state, AuditAction action, Caller actor) {
        if (account.state() != state) {
            account.become(state);
            audit(action, actor.name(), account.details());
        }
        return account.details();
    }

    /** Whether no account has this name. */
    boolean isFree(AccountName name) {
        return entities.createNamedQuery("Account.byName", Account.class)
                .setParameter("name", name.value())
                .getResultList()
                .isEmpty();
    }

    /**
     * Changes an account while nobody else changes it, nor any administrator: two who deactivate each other at the same
     * time must not both succeed. Locks are taken in the order of ids, so that they can't wait for each other.
     */
    private AccountDetails change(UUID id, BiFunction<Account, List<UUID>, AccountDetails> change) {
        AccountDetails changed = transactions.call(() -> {
            lockAdministrators();
            Account account = lock(id).orElseThrow(
                            () -> new ProblemException(ProblemType.NOT_FOUND, "There is no such account."));
            return change.apply(account, activeAdministrators()); // as they are now that nobody else can change them
        });
        known.forget();
        return changed;
    }

    /** The active administrators, as they are now that nobody else can change them. */
    private List<UUID> lockAdministrators() {
        activeAdministrators().forEach(this::lock);
        return activeAdministrators();
    }

    private List<UUID> activeAdministrators() {
        return entities.createNamedQuery("Account.activeWithRole", UUID.class)
                .setParameter("role", Role.ADMINISTRATOR)
                .getResultList();
    }

    private Optional<Account> lock(UUID id) {
        return Optional.ofNullable(entities.find(Account.class, id, LockModeType.PESSIMISTIC_WRITE));
    }

    private static void requireAnother(List<UUID> administrators) {
        if (administrators.size() < 2) {
            throw new ProblemException(
                    ProblemType.CONFLICT, "This is the last active administrator. Make somebody else one first.");
        }
    }

    private void requireFree(AccountName name) {
        if (!isFree(name)) {
            throw new ProblemException(ProblemType.CONFLICT, "There is an account with this name already.");
        }
    }

    private void audit(AuditAction action, String actor, AccountDetails account) {
        AccountProfile profile = account.profile();
        String detail = "%s %s %s organisation %s region %s"
                .formatted(
                        account.name(),
                        account.state(),
                        profile.roles().stream().sorted().toList(),
                        profile.organisation().orElse("-"),
                        profile.region().orElse("-"));
        audit.record(action, actor, SUBJECT, account.id().toString(), detail);
    }
}
