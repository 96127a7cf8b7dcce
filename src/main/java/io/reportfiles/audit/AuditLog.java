package io.reportfiles.audit;

import io.reportfiles.persistence.ListQuery;
import io.reportfiles.web.Page;
import io.reportfiles.web.PageRequest;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import java.time.Clock;
import java.util.List;
import java.util.function.Consumer;

/** The audit of changes. Rows are only ever added. Any number of threads may call at once. */
@ApplicationScoped
public class AuditLog {

    /** Subject type of report files; the subject is the id. */
    public static final String REPORT_FILE = "report-file";

    /** Actor of what the application finds by itself. No account can be called so. */
    public static final String SYSTEM = "(system)";

    private static final int ROWS_AT_ONCE = 500;
    private static final String ORDER = "e.occurredAt desc, e.id";

    private EntityManager entities;
    private Clock clock;

    /** For the client proxy. */
    protected AuditLog() {}

    @Inject
    public AuditLog(EntityManager entities, Clock clock) {
        this.entities = entities;
        this.clock = clock;
    }

    /**
     * Adds an event to the surrounding transaction, so that a change and its event are committed together or not at all.
     *
     * @param actor name of the account that changed something
     * @param subjectType what kind of thing was changed, such as {@value #REPORT_FILE}
     * @param subjectId its id, code or name
     * @param detail one line about it, without secrets; cut after 1,000 characters
     * @throws jakarta.persistence.TransactionRequiredException if there is no surrounding transaction
     */
    public void record(AuditAction action, String actor, String subjectType, String subjectId, String detail) {
        entities.persist(new AuditEvent(action, actor, subjectType, subjectId, detail, clock.instant()));
    }

    /** A page of the events that {@code filter} lets through, the last one first. Decides no access. */
    public Page<AuditEntry> list(AuditFilter filter, PageRequest page) {
        return Page.read(query(filter), entities, "e", AuditEvent.class, ORDER, page)
                .map(AuditEvent::entry);
    }

    /** Hands out all events that {@code filter} lets through, the last one first, without keeping them in memory. */
    public void forEach(AuditFilter filter, Consumer<AuditEntry> reader) {
        List<AuditEntry> some = part(query(filter));
        while (!some.isEmpty()) {
            some.forEach(reader);
            // From where the last part ended, since rows that come meanwhile would move the pages.
            AuditEntry last = some.get(some.size() - 1);
            some = part(query(filter)
                    .where("(e.occurredAt < :lastTime or (e.occurredAt = :lastTime and e.id > :lastId))")
                    .set("lastTime", last.occurredAt())
                    .set("lastId", last.id()));
        }
    }

    private List<AuditEntry> part(ListQuery query) {
        return query.first(entities, "e", AuditEvent.class, ORDER, ROWS_AT_ONCE).stream()
                .map(AuditEvent::entry)
                .toList();
    }

    private static ListQuery query(AuditFilter filter) {
        ListQuery list = ListQuery.over("AuditEvent e");
        filter.action().ifPresent(action -> list.where("e.action = :action", "action", action));
        filter.actor().ifPresent(actor -> list.where("e.actor = :actor", "actor", actor));
        filter.subjectType().ifPresent(type -> list.where("e.subjectType = :subjectType", "subjectType", type));
        filter.subjectId().ifPresent(id -> list.where("e.subjectId = :subjectId", "subjectId", id));
        filter.from().ifPresent(from -> list.where("e.occurredAt >= :from", "from", from));
        filter.until().ifPresent(until -> list.where("e.occurredAt < :until", "until", until));
        return list;
    }
}
