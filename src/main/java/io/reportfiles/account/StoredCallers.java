package io.reportfiles.account;

import io.reportfiles.access.Caller;
import io.reportfiles.access.Callers;
import io.reportfiles.persistence.Transactions;
import io.reportfiles.web.http.Ids;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import java.time.Clock;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** Reads accounts by their ids. */
@ApplicationScoped
class StoredCallers implements Callers {

    /** As many parameters as any database takes in one statement. */
    private static final int IDS_AT_ONCE = 500;

    private EntityManager entities;
    private Transactions transactions;
    private Identities identities;
    private Clock clock;

    /** For the client proxy. */
    protected StoredCallers() {}

    /** Takes the database. */
    @Inject
    StoredCallers(EntityManager entities, Transactions transactions, Identities identities, Clock clock) {
        this.entities = entities;
        this.transactions = transactions;
        this.identities = identities;
        this.clock = clock;
    }

    @Override
    public Map<UUID, Caller> find(Collection<UUID> ids) {
        List<UUID> all = ids.stream().distinct().toList();
        Map<UUID, Caller> found = new HashMap<>();
        for (int from = 0; from < all.size(); from += IDS_AT_ONCE) {
            List<UUID> some = all.subList(from, Math.min(all.size(), from + IDS_AT_ONCE));
            read(some).forEach(caller -> found.put(caller.accountId(), caller));
        }
        return found;
    }

    @Override
    public Set<UUID> usableTokens(Collection<UUID> ids) {
        return ids.isEmpty()
                ? Set.of()
                : transactions.call(() -> Set.copyOf(entities.createNamedQuery("AccessToken.usable", UUID.class)
                        .setParameter("ids", List.copyOf(ids))
                        .setParameter("now", clock.instant())
                        .getResultList()));
    }

    @Override
    public Optional<Caller> find(String nameOrId) {
        return Ids.parse(nameOrId)
                .map(identities::findById)
                .orElseGet(() -> AccountName.parse(nameOrId).flatMap(identities::findByName))
                .map(Identity::caller);
    }

    // In a transaction, for chores ask too, and no request is under way then that would give the entity manager a
    // context.
    private List<Caller> read(List<UUID> ids) {
        return transactions.call(() ->
                entities
                        .createNamedQuery("Account.byIds", Account.class)
                        .setParameter("ids", ids)
                        .getResultList()
                        .stream()
                        .map(account -> account.identity().caller())
                        .toList());
    }
}
