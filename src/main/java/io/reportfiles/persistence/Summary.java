package io.reportfiles.persistence;

import jakarta.persistence.EntityManager;
import jakarta.persistence.Query;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Counts the rows of a span of time in groups: for charts, which would have to ask for one count after the other
 * otherwise. In SQL, for JPQL knows no days. For one thread. Expressions are written by us; what a client sent goes into
 * parameters only.
 */
public final class Summary {

    /** The name of the dimension that is the day. */
    public static final String DAY = "day";

    private final Map<String, String> dimensions = new LinkedHashMap<>();
    private final List<String> conditions = new ArrayList<>();
    private final List<Object> values = new ArrayList<>();

    /**
     * Nothing counted yet.
     *
     * @param time the column that the span is about
     */
    public Summary(DaySpan span, String time) {
        dimensions.put(DAY, span.dayOf(time));
        conditions.add(time + " >= ? and " + time + " < ?");
        values.addAll(List.of(span.from().atOffset(ZoneOffset.UTC), span.until().atOffset(ZoneOffset.UTC)));
    }

    /** Something to group by. */
    public Summary dimension(String name, String expression) {
        dimensions.put(name, expression);
        return this;
    }

    /** A condition with as many parameters {@code ?} as there are values. */
    public Summary where(String condition, List<?> parameters) {
        conditions.add(condition);
        values.addAll(parameters);
        return this;
    }

    /** The names of what can be grouped by. */
    public Set<String> dimensions() {
        return Collections.unmodifiableSet(dimensions.keySet());
    }

    /**
     * Counts.
     *
     * @param table what stands after {@code from}
     * @param measures what is computed of each group
     * @param by the dimensions wanted
     * @return the groups that have rows: first the measures, then a map from dimension to value
     */
    public List<Group> count(EntityManager entities, String table, String measures, List<String> by) {
        String groups = String.join(", ", by.stream().map(dimensions::get).toList());
        Query query = entities.createNativeQuery("select %s, %s from %s where %s group by %s order by %s"
                .formatted(measures, groups, table, numbered(String.join(" and ", conditions)), groups, groups));
        for (int i = 0; i < values.size(); i++) {
            query.setParameter(i + 1, values.get(i));
        }
        List<Group> found = new ArrayList<>();
        for (Object row : query.getResultList()) {
            found.add(group((Object[]) row, by));
        }
        return found;
    }

    /** JPA's parameters have numbers. */
    private static String numbered(String text) {
        StringBuilder numbered = new StringBuilder();
        int number = 0;
        for (int i = 0; i < text.length(); i++) {
            numbered.append(text.charAt(i));
            if (text.charAt(i) == '?') {
                numbered.append(++number);
            }
        }
        return numbered.toString();
    }

    private static Group group(Object[] row, List<String> by) {
        int measures = row.length - by.size();
        Map<String, String> names = new LinkedHashMap<>();
        for (int i = 0; i < by.size(); i++) {
            Object value = row[measures + i];
            if (value != null) {
                names.put(by.get(i), by.get(i).equals(DAY) ? DaySpan.day(value).toString() : value.toString());
            }
        }
        return new Group(
                Arrays.stream(row, 0, measures)
                        .map(value -> value == null ? 0L : ((Number) value).longValue())
                        .toList(),
                names);
    }

    /**
     * One group.
     *
     * @param measures as many as were asked for
     * @param names from dimension to value; without those that the group has no value for
     */
    public record Group(List<Long> measures, Map<String, String> names) {

        /** Its value of a dimension. */
        public Optional<String> name(String dimension) {
            return Optional.ofNullable(names.get(dimension));
        }
    }
}
