package io.reportfiles.account;

import io.reportfiles.access.AccountState;
import io.reportfiles.persistence.LikePattern;
import io.reportfiles.web.Page;
import io.reportfiles.web.PageRequest;
import io.reportfiles.web.problem.ProblemException;
import io.reportfiles.web.problem.ProblemType;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.TypedQuery;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** Reads accounts for administrators. Any number of threads may call. */
@ApplicationScoped
public class AccountSearch {

    private static final String MATCHING = """
            from Account a where a.state in :states
            and (lower(a.name) like :text escape '!' or lower(a.displayName) like :text escape '!')""";

    private EntityManager entities;

    /** For the client proxy. */
    protected AccountSearch() {}

    /** Takes the database. */
    @Inject
    public AccountSearch(EntityManager entities) {
        this.entities = entities;
    }

    /**
     * Accounts by name.
     *
     * @param text part of the name or the display name
     * @param state the state they are in
     */
    public Page<AccountDetails> list(Optional<String> text, Optional<AccountState> state, PageRequest page) {
        Set<AccountState> states =
                state.<Set<AccountState>>map(EnumSet::of).orElseGet(() -> EnumSet.allOf(AccountState.class));
        String pattern = LikePattern.containing(text.orElse(""));
        long total = matching("select count(a) " + MATCHING, Long.class, states, pattern)
                .getSingleResult();
        // First the page, then its accounts with their roles: a fetched collection and a limit don't go together.
        List<UUID> ids = matching("select a.id " + MATCHING + " order by a.name", UUID.class, states, pattern)
                .setFirstResult(page.offset())
                .setMaxResults(page.size())
                .getResultList();
        return Page.of(withRoles(ids), page, total);
    }

    /**
     * The account with this id.
     *
     * @throws ProblemException 404 if there is none
     */
    public AccountDetails require(UUID id) {
        return withRoles(List.of(id)).stream()
                .findFirst()
                .orElseThrow(() -> new ProblemException(ProblemType.NOT_FOUND, "There is no such account."));
    }

    private List<AccountDetails> withRoles(List<UUID> ids) {
        return ids.isEmpty()
                ? List.of()
                : entities
                        .createNamedQuery("Account.byIds", Account.class)
                        .setParameter("ids", ids)
                        .getResultList()
                        .stream()
                        .map(Account::details)
                        .toList();
    }

    private <T> TypedQuery<T> matching(String query, Class<T> result, Set<AccountState> states, String pattern) {
        return entities.createQuery(query, result)
                .setParameter("states", states)
                .setParameter("text", pattern);
    }
}
