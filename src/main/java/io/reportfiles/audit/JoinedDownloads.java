package io.reportfiles.audit;

import io.reportfiles.web.Page;
import io.reportfiles.web.PageRequest;
import jakarta.persistence.EntityManager;
import jakarta.persistence.Query;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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
            Object[] ids = (Object[]) row;
            downloads.computeIfAbsent((UUID) ids[0], id -> new ArrayList<>()).add((UUID) ids[1]);
        }
        Map<UUID, TransferDetails> transfers =
                read(entities, downloads.values().stream().flatMap(List::stream).toList());
        return Page.of(
                downloads.values().stream()
                        .map(ids -> new JoinedDownload(
                                ids.stream().map(transfers::get).toList()))
                        .toList(),
                page,
                total);
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
