package io.reportfiles.ledger;

import io.reportfiles.web.Page;
import io.reportfiles.web.PageRequest;
import jakarta.persistence.EntityManager;
import jakarta.persistence.Query;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Takes together the transfers of one account, file, address and user agent: one that asks for a part continues the one
 * before if that was under way within the last 24 hours; one that asks for the whole file begins anew. Found out when
 * asked, so that beginning a transfer costs no look at others, and transfers of several nodes come together.
 */
final class JoinedDownloads {

    private static final int IDS_AT_ONCE = 500;

    private static final String READER = "report_file_id, account_id, remote_address, user_agent";

    /** The parts of one reader, in the order in which they began. */
    private static final String WINDOW = "partition by " + READER + " order by started_at, id";

    /** Each transfer, with whether it begins a download. In SQL, for JPQL has no windows. */
    private static final String MARKED = "select id, started_at, " + READER + ", case when range_first is null"
            + " or started_at > interval '24' hour + max(coalesce(ended_at, ?1))"
            + " over (" + WINDOW + " rows between unbounded preceding and 1 preceding)"
            + " then 1 else 0 end as heads from transfer"
            + " where method = 'GET' and report_file_id is not null and outcome not in ('REFUSED', 'NOT_MODIFIED')%s";

    private static final String COUNTED = "select id, started_at, " + READER + ", sum(heads) over (" + WINDOW
            + ") as head_count from (" + MARKED + ") marked";

    private static final String WINDOW_OF_ONE =
            "partition by " + READER + ", head_count order by started_at, id rows unbounded preceding";

    private static final String NAMED = "select id, started_at, first_value(id) over (" + WINDOW_OF_ONE
            + ") as download, first_value(started_at) over (" + WINDOW_OF_ONE + ") as began from (" + COUNTED
            + ") counted";

    private static final String COUNT = "select count(distinct download) from (" + NAMED + ") named";

    private static final String PAGE = "select download, id from (select download, id, started_at,"
            + " dense_rank() over (order by began desc, download) as place from (" + NAMED
            + ") named) placed where place > %d and place <= %d order by place, started_at, id";

    /** Those of whom {@code ?2} was fetched in one go need not be looked at. */
    private static final String NOT_WHOLE_AT_ONCE = " and report_file_id = ?2 and account_name is not null"
            + " and account_name not in (select w.account_name from transfer w where w.report_file_id = ?2"
            + " and w.account_name is not null and w.range_first is null and w.method = 'GET' and w.outcome = 'COMPLETE')";

    /** Downloads to which as many bytes were handed as the file has; they may have been the same ones twice. */
    private static final String LARGE_ENOUGH = "select download, id from (select named.download, named.id,"
            + " named.started_at, t.file_bytes, sum(t.bytes_sent) over (partition by named.download) as handed"
            + " from (%s) named join transfer t on t.id = named.id) summed where handed >= file_bytes"
            + " order by download, started_at, id";

    private JoinedDownloads() {}

    /** A page of the downloads that the transfers let through by {@code filter} come to, the last one first. */
    static Page<JoinedDownload> list(EntityManager entities, TransferFilter filter, PageRequest page, Instant now) {
        List<Object> values = new ArrayList<>(List.of(now.atOffset(ZoneOffset.UTC)));
        String conditions = conditions(filter, values);
        long total =
                ((Number) query(entities, COUNT.formatted(conditions), values).getSingleResult()).longValue();
        if (total <= page.offset()) {
            return Page.of(List.of(), page, total);
        }
        Map<UUID, List<UUID>> downloads = new LinkedHashMap<>();
        String sql = PAGE.formatted(conditions, page.offset(), page.offset() + page.size());
        for (Object row : query(entities, sql, values).getResultList()) {
            add(downloads, (Object[]) row);
        }
        Map<UUID, TransferDetails> transfers =
                read(entities, downloads.values().stream().flatMap(List::stream).toList());
        return Page.of(
                downloads.values().stream().map(ids -> download(ids, transfers)).toList(), page, total);
    }

    /** The names of the accounts to which all of a file was handed in the parts of one download. */
    static Set<String> accountsWithWholeInParts(EntityManager entities, UUID file, Instant now) {
        String sql = LARGE_ENOUGH.formatted(NAMED.formatted(NOT_WHOLE_AT_ONCE));
        Map<UUID, List<UUID>> downloads = new LinkedHashMap<>();
        for (Object row : query(entities, sql, List.of(now.atOffset(ZoneOffset.UTC), file))
                .getResultList()) {
            add(downloads, (Object[]) row);
        }
        Set<String> accounts = new HashSet<>();
        for (List<UUID> ids : downloads.values()) {
            JoinedDownload download = download(ids, read(entities, ids));
            if (download.isWhole()) {
                download.first().account().ifPresent(accounts::add);
            }
        }
        return accounts;
    }

    private static String conditions(TransferFilter filter, List<Object> values) {
        StringBuilder sql = new StringBuilder();
        filter.reportFile().ifPresent(id -> add(sql, "report_file_id =", id, values));
        filter.account().ifPresent(name -> add(sql, "account_name =", name, values));
        filter.outcome().ifPresent(outcome -> add(sql, "outcome =", outcome.name(), values));
        filter.from().ifPresent(from -> add(sql, "started_at >=", from.atOffset(ZoneOffset.UTC), values));
        filter.until().ifPresent(until -> add(sql, "started_at <", until.atOffset(ZoneOffset.UTC), values));
        return sql.toString();
    }

    private static void add(Map<UUID, List<UUID>> downloads, Object[] ids) {
        downloads.computeIfAbsent((UUID) ids[0], id -> new ArrayList<>()).add((UUID) ids[1]);
    }

    private static JoinedDownload download(List<UUID> ids, Map<UUID, TransferDetails> transfers) {
        return new JoinedDownload(ids.stream().map(transfers::get).toList());
    }

    private static void add(StringBuilder sql, String condition, Object value, List<Object> values) {
        values.add(value);
        sql.append(" and ").append(condition).append(" ?").append(values.size());
    }

    private static Query query(EntityManager entities, String sql, List<Object> values) {
        Query query = entities.createNativeQuery(sql);
        for (int i = 0; i < values.size(); i++) {
            query.setParameter(i + 1, values.get(i));
        }
        return query;
    }

    private static Map<UUID, TransferDetails> read(EntityManager entities, List<UUID> ids) {
        List<TransferDetails> transfers = new ArrayList<>();
        for (int from = 0; from < ids.size(); from += IDS_AT_ONCE) {
            entities.createQuery("select t from Transfer t where t.id in :ids", Transfer.class)
                    .setParameter("ids", ids.subList(from, Math.min(ids.size(), from + IDS_AT_ONCE)))
                    .getResultList()
                    .forEach(transfer -> transfers.add(transfer.details()));
        }
        return transfers.stream().collect(Collectors.toMap(TransferDetails::id, Function.identity()));
    }
}
