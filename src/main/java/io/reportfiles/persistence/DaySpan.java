package io.reportfiles.persistence;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.zone.ZoneOffsetTransition;
import java.time.zone.ZoneRules;

/**
 * A span of time that is counted by the days of a time zone.
 *
 * @param from its first instant
 * @param until the first instant after it
 * @param zone whose midnights part the days
 */
public record DaySpan(Instant from, Instant until, ZoneId zone) {

    /** Refuses a span that ends before it begins. */
    public DaySpan {
        if (until.isBefore(from)) {
            throw new IllegalArgumentException("from %s until %s".formatted(from, until));
        }
    }

    /**
     * SQL for the day on which an instant lies, as {@link #day} reads it. Databases name and shift time zones each in its
     * own way; so the offsets that hold within the span are written into the statement as numbers.
     */
    public String dayOf(String column) {
        String seconds = "extract(epoch from %s)".formatted(column);
        return "floor((%s + %s) / 86400)".formatted(seconds, offset(seconds));
    }

    private String offset(String seconds) {
        ZoneRules rules = zone.getRules();
        StringBuilder cases = new StringBuilder();
        ZoneOffsetTransition transition = rules.nextTransition(from);
        for (; transition != null && transition.getInstant().isBefore(until); transition = next(rules, transition)) {
            cases.append(" when %s < %d then %d"
                    .formatted(
                            seconds,
                            transition.toEpochSecond(),
                            transition.getOffsetBefore().getTotalSeconds()));
        }
        // Of the last instant within, for the clocks may change at the first one after it.
        int last = rules.getOffset(until.minusNanos(1)).getTotalSeconds();
        return cases.isEmpty() ? Integer.toString(last) : "case%s else %d end".formatted(cases, last);
    }

    private static ZoneOffsetTransition next(ZoneRules rules, ZoneOffsetTransition transition) {
        return rules.nextTransition(transition.getInstant());
    }

    /** The day that the database answered with. */
    public static LocalDate day(Object value) {
        return LocalDate.ofEpochDay(((Number) value).longValue());
    }
}
