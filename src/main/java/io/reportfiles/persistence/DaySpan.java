package io.reportfiles.persistence;

import io.reportfiles.web.ProblemException;
import io.reportfiles.web.QueryParameters;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.zone.ZoneOffsetTransition;
import java.time.zone.ZoneRules;
import java.util.Optional;

/**
 * A span of time that is counted by the days of a time zone.
 *
 * @param from its first instant
 * @param until the first instant after it
 * @param zone whose midnights part the days
 */
public record DaySpan(Instant from, Instant until, ZoneId zone) {

    private static final Duration USUAL = Duration.ofDays(30);
    private static final Duration LONGEST = Duration.ofDays(366);

    /** Refuses a span that ends before it begins. */
    public DaySpan {
        if (until.isBefore(from)) {
            throw new IllegalArgumentException("from %s until %s".formatted(from, until));
        }
    }

    /** Reads {@code from}, {@code until} and {@code zone}; without them it is the last 30 days in UTC. */
    public static DaySpan read(QueryParameters parameters, Clock clock) {
        Instant until = parameters.instant("until").orElseGet(clock::instant);
        Instant from = parameters.instant("from").orElseGet(() -> until.minus(USUAL));
        if (until.isBefore(from) || Duration.between(from, until).compareTo(LONGEST) > 0) {
            throw ProblemException.invalid(
                    "from", "The time from has to be before until, by at most %d days.".formatted(LONGEST.toDays()));
        }
        ZoneId zone = parameters
                .find("zone", DaySpan::findZone, "The zone has to be one such as UTC, Europe/Berlin or -05:00.")
                .orElse(ZoneOffset.UTC);
        return new DaySpan(from, until, zone);
    }

    /** No zone has a blank in it or begins with a digit: there was a plus, which was not escaped. */
    private static Optional<ZoneId> findZone(String text) {
        String escaped = Character.isDigit(text.charAt(0)) ? "+" + text : text.replace(' ', '+');
        try {
            return Optional.of(ZoneId.of(escaped));
        } catch (DateTimeException e) {
            return Optional.empty();
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
