package io.reportfiles.persistence;

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
     * Some items, and how many the list has.
     *
     * @param total number of items of the whole list
     * @param totalIsExact false where there are more than {@code total}, and nobody has counted how many
     */
    public record Slice<T>(List<T> items, long total, boolean totalIsExact) {}

    /**
     * Reads some items, and counts the list as far as that is cheap: of a long one only {@value #COUNTED} items, or as many
     * as it has up to the last one that is read. Mostly one statement, at most three.
     *
     * @param selected the alias of the entity
     * @param order what follows {@code order by}
     * @param offset how many items to leave out
     * @param max how many items to read at most
     */
    public <T> Slice<T> slice(
            EntityManager manager, String selected, Class<T> type, String order, int offset, int max) {
        List<T> items = items(manager, selected, type, order)
                .setFirstResult(offset)
                .setMaxResults(max)
                .getResultList();
        int end = offset + items.size();
        if (items.size() < max && (offset == 0 || !items.isEmpty())) {
            return new Slice<>(items, end, true);
        }
        int enough = Math.max(COUNTED, end);
        TypedQuery<Integer> more = manager.createQuery("select 1" + fromWhere(), Integer.class);
        parameters.forEach(more::setParameter);
        if (!items.isEmpty()
                && !more.setFirstResult(enough).setMaxResults(1).getResultList().isEmpty()) {
            return new Slice<>(items, enough, false);
        }
        TypedQuery<Long> count = manager.createQuery("select count(%s)".formatted(selected) + fromWhere(), Long.class);
        parameters.forEach(count::setParameter);
        return new Slice<>(items, count.getSingleResult(), true);
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
