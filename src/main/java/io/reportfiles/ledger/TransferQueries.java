package io.reportfiles.ledger;

import io.reportfiles.persistence.ListQuery;
import io.reportfiles.web.Page;
import io.reportfiles.web.PageRequest;
import jakarta.persistence.EntityManager;
import java.time.Instant;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/** What is read of the ledger: the rows that are written, and nothing that is on its way. */
final class TransferQueries {

    private static final int AT_ONCE = 256;

    private static final String ORDER = "t.startedAt desc, t.id";

    private final EntityManager entities;

    TransferQueries(EntityManager entities) {
        this.entities = entities;
    }

    /** A page of the transfers that {@code filter} lets through, the last one first. */
    Page<TransferDetails> list(TransferFilter filter, PageRequest page) {
        return Page.read(query(filter), entities, "t", Transfer.class, ORDER, page)
                .map(Transfer::details);
    }

    /** Hands out all transfers that {@code filter} lets through, the last one first, without keeping them in memory. */
    void forEach(TransferFilter filter, Consumer<TransferDetails> reader) {
        List<TransferDetails> some = part(query(filter));
        while (!some.isEmpty()) {
            some.forEach(reader);
            // From where the last part ended, since rows that come meanwhile would move the pages.
            TransferDetails last = some.get(some.size() - 1);
            some = part(query(filter)
                    .where("(t.startedAt < :lastStart or (t.startedAt = :lastStart and t.id > :lastId))")
                    .set("lastStart", last.startedAt())
                    .set("lastId", last.id()));
        }
    }

    private List<TransferDetails> part(ListQuery query) {
        return query.first(entities, "t", Transfer.class, ORDER, AT_ONCE).stream()
                .map(Transfer::details)
                .toList();
    }

    private static ListQuery query(TransferFilter filter) {
        ListQuery list = ListQuery.over("Transfer t");
        filter.reportFile().ifPresent(id -> list.where("t.file = :file", "file", id));
        filter.account().ifPresent(name -> list.where("t.accountName = :account", "account", name));
        filter.outcome().ifPresent(outcome -> list.where("t.outcome = :outcome", "outcome", outcome));
        filter.from().ifPresent(from -> list.where("t.startedAt >= :from", "from", from));
        filter.until().ifPresent(until -> list.where("t.startedAt < :until", "until", until));
        return list;
    }

    /** What accounts took, not counting one node; see {@link TransferLedger#bytesElsewhere}. */
    Map<String, Long> bytesElsewhere(Collection<String> names, Instant since, UUID node) {
        return entities
                .createNamedQuery("Transfer.bytesElsewhere", Object[].class)
                .setParameter("names", names)
                .setParameter("since", since)
                .setParameter("node", node)
                .getResultList()
                .stream()
                .collect(Collectors.toMap(row -> (String) row[0], row -> ((Number) row[1]).longValue()));
    }

    /** The names of the accounts to which all of a file was handed, in one transfer or in those of one download. */
    Set<String> accountsWithWhole(UUID file, Instant now) {
        Set<String> accounts = new HashSet<>(entities.createNamedQuery("Transfer.accountsWithWhole", String.class)
                .setParameter("file", file)
                .getResultList());
        accounts.addAll(JoinedDownloads.accountsWithWholeInParts(entities, file, now));
        return accounts;
    }
}
