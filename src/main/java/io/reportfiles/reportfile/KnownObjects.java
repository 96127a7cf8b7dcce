package io.reportfiles.reportfile;

import io.reportfiles.persistence.Transactions;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.TypedQuery;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The rows of report files as whoever compares them with the store wants to see them. Reads only. */
@ApplicationScoped
public class KnownObjects {

    private EntityManager entities;
    private Transactions transactions;

    /** For the client proxy. */
    protected KnownObjects() {}

    @Inject
    public KnownObjects(EntityManager entities, Transactions transactions) {
        this.entities = entities;
        this.transactions = transactions;
    }

    /** The rows that have one of these keys, by key; a page of a list, not more. */
    public Map<String, KnownObject> find(Collection<String> keys) {
        if (keys.isEmpty()) {
            return Map.of();
        }
        // In transactions, since Payara does not survive another use of the EntityManager in a recurring task.
        return transactions.call(() -> entities
                .createNamedQuery("ReportFile.findByObjectKeys", ReportFile.class)
                .setParameter("keys", keys)
                .getResultList()
                .stream()
                .map(ReportFile::known)
                .collect(Collectors.toMap(known -> known.key().value(), Function.identity())));
    }

    /**
     * Some of the files that were published, withdrawn ones included, in the order of their ids.
     *
     * @param after the last one of the page before
     */
    public List<KnownObject> published(Optional<ReportFileId> after, int limit) {
        return transactions.call(() -> {
            TypedQuery<ReportFile> query = entities.createNamedQuery(
                    after.isPresent() ? "ReportFile.publishedAfter" : "ReportFile.published", ReportFile.class);
            after.ifPresent(id -> query.setParameter("after", id.value()));
            return query.setMaxResults(limit).getResultList().stream()
                    .map(ReportFile::known)
                    .toList();
        });
    }
}
