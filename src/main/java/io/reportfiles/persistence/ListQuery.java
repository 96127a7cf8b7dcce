package io.reportfiles.persistence;

import io.reportfiles.web.Page;
import io.reportfiles.web.PageRequest;
import jakarta.persistence.EntityManager;
import jakarta.persistence.TypedQuery;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A list on its way to JPQL: conditions that all have to hold, with their parameters. For one thread. Conditions are
 * written by us; what a client sent goes into parameters only.
 */
public final class ListQuery {

    /** Where counting stops: so many pages nobody leafs through, and a list of a million would be counted for each of them. */
    public static final int COUNTED = 10_000;

    private final String entity;
    private final List<String> conditions = new ArrayList<>();
    private final Map<String, Object> parameters = new HashMap<>();

    private ListQuery(String entity) {
        this.entity = entity;
    }

    /** A list over an entity, such as {@code ReportFile f}. */
    public static ListQuery over(String entity) {
        return new ListQuery(entity);
    }

    /** A condition without parameters, or with such as are {@linkplain #set set} by themselves. */
    public ListQuery where(String condition) {
        conditions.add(condition);
        return this;
    }

    /** A condition with one parameter. */
    public ListQuery where(String condition, String parameter, Object value) {
        return where(condition).set(parameter, value);
    }

    /** The value of a parameter. */
    public ListQuery set(String parameter, Object value) {
        parameters.put(parameter, value);
        return this;
    }

    /** Reads the first items, without counting. */
    public <T> List<T> first(EntityManager manager, String selected, Class<T> type, String order, int max) {
        return items(manager, selected, type, order).setMaxResults(max).getResultList();
    }

    /**
     * Reads the page, and counts the list as far as that is cheap: of a long one only {@value #COUNTED} items, or as many
     * as it has up to the end of the page. Mostly one statement, at most three.
     *
     * @param counted the expression that stands for one item
     * @param selected what to select of each
     * @param order what follows {@code order by}
     */
    public <T> Page<T> page(
            EntityManager manager, String counted, String selected, Class<T> type, String order, PageRequest page) {
        List<T> items = items(manager, selected, type, order)
                .setFirstResult(page.offset())
                .setMaxResults(page.size())
                .getResultList();
        int end = page.offset() + items.size();
        if (items.size() < page.size() && (page.offset() == 0 || !items.isEmpty())) {
            return Page.of(items, page, end);
        }
        int enough = Math.max(COUNTED, end);
        TypedQuery<Integer> more = manager.createQuery("select 1" + fromWhere(), Integer.class);
        parameters.forEach(more::setParameter);
        if (!items.isEmpty()
                && !more.setFirstResult(enough).setMaxResults(1).getResultList().isEmpty()) {
            return Page.ofMany(items, page, enough);
        }
        TypedQuery<Long> count = manager.createQuery("select count(%s)".formatted(counted) + fromWhere(), Long.class);
        parameters.forEach(count::setParameter);
        return Page.of(items, page, count.getSingleResult());
    }

    private <T> TypedQuery<T> items(EntityManager manager, String selected, Class<T> type, String order) {
        TypedQuery<T> items = manager.createQuery("select " + selected + fromWhere() + " order by " + order, type);
        parameters.forEach(items::setParameter);
        return items;
    }

    private String fromWhere() {
        return " from " + entity + (conditions.isEmpty() ? "" : " where " + String.join(" and ", conditions));
    }
}
