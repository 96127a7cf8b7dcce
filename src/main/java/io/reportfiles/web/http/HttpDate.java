package io.reportfiles.web.http;

import java.time.Clock;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.TextStyle;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads and writes HTTP dates (RFC 9110 §5.6.7), which count whole seconds. */
public final class HttpDate {

    private static final DateTimeFormatter WRITTEN =
            DateTimeFormatter.ofPattern("EEE, dd MMM uuuu HH:mm:ss 'GMT'", Locale.ENGLISH);

    private static final List<String> MONTHS =
            List.of("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec");
    private static final String MONTH = "(?<month>" + String.join("|", MONTHS) + ")";
    private static final String TIME = "(?<hour>\\d{2}):(?<minute>\\d{2}):(?<second>\\d{2})";

    private static final Pattern IMF_FIXDATE =
            Pattern.compile("(?<weekday>[A-Z][a-z]{2}), (?<day>\\d{2}) " + MONTH + " (?<year>\\d{4}) " + TIME + " GMT");
    private static final Pattern RFC_850 = Pattern.compile(
            "(?<weekday>[A-Z][a-z]{5,8}), (?<day>\\d{2})-" + MONTH + "-(?<year>\\d{2}) " + TIME + " GMT");
    // A day of one digit has a blank in front; Undertow makes one of two blanks.
    private static final Pattern ASCTIME =
            Pattern.compile("(?<weekday>[A-Z][a-z]{2}) " + MONTH + " (?<day>[ \\d]?\\d) " + TIME + " (?<year>\\d{4})");

    /** How far ahead a date with two digits for the year may lie. */
    private static final int YEARS_AHEAD = 50;

    private HttpDate() {}

    /** The preferred format, the only one that is ever sent. */
    public static String format(Instant instant) {
        return WRITTEN.format(instant.atOffset(ZoneOffset.UTC));
    }

    /** A date in any of the three formats that a recipient has to accept; anything else is no date. */
    public static Optional<Instant> parse(String text, Clock clock) {
        try {
            return read(text, clock).map(date -> date.toInstant(ZoneOffset.UTC));
        } catch (DateTimeException e) {
            return Optional.empty(); // in the right form, but no day or time that exists
        }
    }

    private static Optional<LocalDateTime> read(String text, Clock clock) {
        Matcher preferred = IMF_FIXDATE.matcher(text);
        if (preferred.matches()) {
            return onItsDay(dateIn(number(preferred, "year"), preferred), preferred, TextStyle.SHORT);
        }
        Matcher rfc850 = RFC_850.matcher(text);
        if (rfc850.matches()) {
            return onItsDay(dateInTwoDigitYear(rfc850, clock), rfc850, TextStyle.FULL);
        }
        Matcher asctime = ASCTIME.matcher(text);
        return asctime.matches()
                ? onItsDay(dateIn(number(asctime, "year"), asctime), asctime, TextStyle.SHORT)
                : Optional.empty();
    }

    /** What would lie more than 50 years ahead is the most recent past year that ends in the same two digits. */
    private static LocalDateTime dateInTwoDigitYear(Matcher fields, Clock clock) {
        LocalDateTime latest =
                LocalDateTime.ofInstant(clock.instant(), ZoneOffset.UTC).plusYears(YEARS_AHEAD);
        int year = latest.getYear() - Math.floorMod(latest.getYear() - number(fields, "year"), 100);
        LocalDateTime date = dateIn(year, fields);
        return date.isAfter(latest) ? dateIn(year - 100, fields) : date;
    }

    private static LocalDateTime dateIn(int year, Matcher fields) {
        return LocalDateTime.of(
                year,
                MONTHS.indexOf(fields.group("month")) + 1,
                number(fields, "day"),
                number(fields, "hour"),
                number(fields, "minute"),
                isLeapSecond(fields) ? 59 : number(fields, "second"));
    }

    private static Optional<LocalDateTime> onItsDay(LocalDateTime date, Matcher fields, TextStyle style) {
        String weekday = date.getDayOfWeek().getDisplayName(style, Locale.ENGLISH);
        return weekday.equals(fields.group("weekday"))
                ? Optional.of(isLeapSecond(fields) ? date.plusSeconds(1) : date)
                : Optional.empty();
    }

    /** The grammar has it, {@code java.time} has not: it counts as the second after the one before it. */
    private static boolean isLeapSecond(Matcher fields) {
        return number(fields, "hour") == 23 && number(fields, "minute") == 59 && number(fields, "second") == 60;
    }

    private static int number(Matcher fields, String group) {
        return Integer.parseInt(fields.group(group).strip());
    }

    /** {@code instant} without the fraction that no HTTP date can carry. */
    public static Instant wholeSeconds(Instant instant) {
        return instant.truncatedTo(ChronoUnit.SECONDS);
    }
}
