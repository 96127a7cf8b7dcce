package io.reportfiles.web;

import io.reportfiles.persistence.DaySpan;
import io.reportfiles.persistence.Summary;
import io.reportfiles.web.problem.ProblemException;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.core.UriInfo;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The query of a list request. What it can't understand is refused with 400, saying what is accepted. */
public final class QueryParameters {

    private static final int MAX_LENGTH = 200;
    private static final int MAX_PAGE = 1_000_000;
    private static final Duration USUAL_SPAN = Duration.ofDays(30);
    private static final Duration LONGEST_SPAN = Duration.ofDays(366);

    private final MultivaluedMap<String, String> values;

    /** A query that was taken apart. */
    public QueryParameters(MultivaluedMap<String, String> values) {
        this.values = values;
    }

    /** The query of a request. */
    public static QueryParameters of(UriInfo uri) {
        return new QueryParameters(uri.getQueryParameters());
    }

    /** The parameter's value without spaces at its ends; empty when it is absent or blank. */
    public Optional<String> find(String name) {
        List<String> given = values.getOrDefault(name, List.of());
        if (given.size() > 1) {
            throw ProblemException.invalid(name, "The parameter %s can be given once.".formatted(name));
        }
        Optional<String> value = given.stream().map(String::strip).findFirst().filter(text -> !text.isEmpty());
        if (value.filter(QueryParameters::isUnreadable).isPresent()) {
            throw ProblemException.invalid(
                    name,
                    "The parameter %s can have up to %d characters, none of them control characters."
                            .formatted(name, MAX_LENGTH));
        }
        return value;
    }

    /**
     * The parameter's value as {@code read} understands it.
     *
     * @param read empty for what it does not understand
     * @param accepted one sentence for the client that sent such a value
     */
    public <T> Optional<T> find(String name, Function<String, Optional<T>> read, String accepted) {
        return find(name).map(text -> read.apply(text).orElseThrow(() -> ProblemException.invalid(name, accepted)));
    }

    /** The parameter's value as one of some constants. */
    public <E extends Enum<E>> Optional<E> oneOf(String name, E[] constants) {
        return find(
                name,
                text -> Arrays.stream(constants)
                        .filter(constant -> constant.name().equals(text))
                        .findFirst(),
                "The parameter %s has to be one of %s."
                        .formatted(
                                name, Arrays.stream(constants).map(Enum::name).collect(Collectors.joining(", "))));
    }

    /** Whether the parameter is {@code true}; an absent one is not. */
    public boolean flag(String name) {
        return find(
                        name,
                        text -> Optional.of(text).filter(Set.of("true", "false")::contains),
                        "The parameter %s has to be true or false.".formatted(name))
                .filter("true"::equals)
                .isPresent();
    }

    /** The parameter's value as an instant, given with any offset. */
    public Optional<Instant> instant(String name) {
        return find(
                name,
                QueryParameters::findInstant,
                "The parameter %s has to be a time such as 2026-03-31T12:00:00Z.".formatted(name));
    }

    private static Optional<Instant> findInstant(String text) {
        try {
            // A blank is the plus of an offset that was not escaped. Years outside four digits are more than a database
            // keeps.
            return Optional.of(OffsetDateTime.parse(text.replace(' ', '+')))
                    .filter(time -> time.getYear() >= 1 && time.getYear() <= 9998)
                    .map(OffsetDateTime::toInstant);
        } catch (DateTimeParseException e) {
            return Optional.empty();
        }
    }

    /** The parameters {@code from}, {@code until} and {@code zone}; without them the last 30 days in UTC. */
    public DaySpan daySpan(Clock clock) {
        Instant until = instant("until").orElseGet(clock::instant);
        Instant from = instant("from").orElseGet(() -> until.minus(USUAL_SPAN));
        if (until.isBefore(from) || Duration.between(from, until).compareTo(LONGEST_SPAN) > 0) {
            throw ProblemException.invalid(
                    "from",
                    "The time from has to be before until, by at most %d days.".formatted(LONGEST_SPAN.toDays()));
        }
        ZoneId zone = find(
                        "zone",
                        QueryParameters::findZone,
                        "The zone has to be one such as UTC, Europe/Berlin or -05:00.")
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

    /** The parameter {@code by}: dimensions of a summary, separated by commas; without it, the day. */
    public List<String> dimensions(Summary summary) {
        return find(
                        "by",
                        text -> Optional.of(List.copyOf(new TreeSet<>(Arrays.asList(text.split(",", -1)))))
                                .filter(summary.dimensions()::containsAll),
                        "The parameter by has to name some of %s, separated by commas."
                                .formatted(String.join(", ", summary.dimensions())))
                .orElse(List.of(Summary.DAY));
    }

    /** The parameters {@code page}, from 1, and {@code size}. */
    public PageRequest page() {
        int page = number("page", MAX_PAGE).orElse(1);
        int size = number("size", PageRequest.MAX_SIZE).orElse(PageRequest.DEFAULT_SIZE);
        return new PageRequest(page, size);
    }

    private Optional<Integer> number(String name, int max) {
        return find(
                name,
                text -> text.matches("[0-9]{1,7}")
                        ? Optional.of(Integer.valueOf(text)).filter(number -> number >= 1 && number <= max)
                        : Optional.empty(),
                "The parameter %s has to be a number from 1 to %d.".formatted(name, max));
    }

    private static boolean isUnreadable(String text) {
        return text.length() > MAX_LENGTH || text.chars().anyMatch(Character::isISOControl);
    }
}
