package io.reportfiles.catalogue;

import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What time a report is about.
 *
 * @param year the fiscal year, {@value #FIRST_YEAR} to {@value #LAST_YEAR}
 * @param quarter the quarter of that year
 */
public record Period(int year, Quarter quarter) implements Comparable<Period> {

    /** The earliest fiscal year accepted. */
    public static final int FIRST_YEAR = 1990;

    /** The latest fiscal year accepted. */
    public static final int LAST_YEAR = 2099;

    /** What a client is told whose year was not {@linkplain #findYear accepted}. */
    public static final String YEAR_ACCEPTED =
            "The year has to be a fiscal year from %d to %d.".formatted(FIRST_YEAR, LAST_YEAR);

    private static final Pattern FOUR_DIGITS = Pattern.compile("[0-9]{4}");

    /** Refuses a year out of range. */
    public Period {
        Objects.requireNonNull(quarter, "quarter");
        if (year < FIRST_YEAR || year > LAST_YEAR) {
            throw new IllegalArgumentException("year %d (expected %d to %d)".formatted(year, FIRST_YEAR, LAST_YEAR));
        }
    }

    /** The year that {@code text} names, empty unless it is four digits and in range. */
    public static Optional<Integer> findYear(String text) {
        return FOUR_DIGITS.matcher(text).matches()
                ? Optional.of(Integer.valueOf(text)).filter(year -> year >= FIRST_YEAR && year <= LAST_YEAR)
                : Optional.empty();
    }

    /** The period, empty unless both parts are well-formed and in range. */
    public static Optional<Period> find(String year, String quarter) {
        return findYear(year).flatMap(y -> Quarter.find(quarter).map(q -> new Period(y, q)));
    }

    @Override
    public int compareTo(Period other) {
        return year == other.year ? quarter.compareTo(other.quarter) : Integer.compare(year, other.year);
    }

    @Override
    public String toString() {
        return year + " " + quarter;
    }
}
