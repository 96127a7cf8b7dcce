package io.reportfiles.config;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Durations as people write them ({@code 30s}, {@code 500ms}, {@code 2h}) and as ISO 8601 has them ({@code PT30S}). */
final class TimeSpan {

    private static final Pattern SHORT_FORM = Pattern.compile("(\\d{1,15})\\s*(ms|s|m|h|d)");

    private static final Map<String, ChronoUnit> UNITS = Map.of(
            "ms", ChronoUnit.MILLIS,
            "s", ChronoUnit.SECONDS,
            "m", ChronoUnit.MINUTES,
            "h", ChronoUnit.HOURS,
            "d", ChronoUnit.DAYS);

    private TimeSpan() {}

    /**
     * The duration meant.
     *
     * @throws IllegalArgumentException if {@code text} is no duration
     */
    static Duration parse(String text) {
        Matcher form = SHORT_FORM.matcher(text.toLowerCase(Locale.ROOT));
        try {
            return form.matches()
                    ? Duration.of(Long.parseLong(form.group(1)), UNITS.get(form.group(2)))
                    : Duration.parse(text);
        } catch (DateTimeException | ArithmeticException notOne) {
            throw new IllegalArgumentException("not a duration", notOne);
        }
    }
}
