package io.reportfiles.web.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Assume;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HttpDateTest {

    private static final DateTimeFormatter RFC_850 =
            DateTimeFormatter.ofPattern("EEEE, dd-MMM-uu HH:mm:ss 'GMT'", Locale.ENGLISH);
    private static final DateTimeFormatter ASCTIME =
            DateTimeFormatter.ofPattern("EEE MMM ppd HH:mm:ss uuuu", Locale.ENGLISH);
    private static final Clock NOW = Clock.fixed(Instant.parse("2026-11-22T12:00:00Z"), ZoneOffset.UTC);

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Sun, 06 Nov 1994 08:49:37 GMT",
                "Sunday, 06-Nov-94 08:49:37 GMT",
                "Sun Nov  6 08:49:37 1994",
                "Sun Nov 6 08:49:37 1994", // as Undertow hands it on
            })
    void readsAllThreeFormats(String text) {
        assertThat(HttpDate.parse(text, NOW)).contains(Instant.parse("1994-11-06T08:49:37Z"));
    }

    @Test
    void readsTwoDigitDaysInTheOldestFormat() {
        assertThat(HttpDate.parse("Wed Nov 16 08:49:37 1994", NOW)).contains(Instant.parse("1994-11-16T08:49:37Z"));
    }

    @Test
    void aTwoDigitYearIsNeverMoreThanFiftyYearsAhead() {
        assertThat(HttpDate.parse("Friday, 22-Nov-75 08:49:37 GMT", NOW))
                .contains(Instant.parse("2075-11-22T08:49:37Z"));
        assertThat(HttpDate.parse("Tuesday, 22-Nov-77 08:49:37 GMT", NOW))
                .contains(Instant.parse("1977-11-22T08:49:37Z"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "yesterday",
                "2026-11-22T12:00:00Z",
                "Mon, 06 Nov 1994 08:49:37 GMT",
                "Sun, 06 Nov 1994 08:49:37 CET",
                "Sun, 31 Feb 1994 08:49:37 GMT",
                "Sun, 06 Nov 1994 24:49:37 GMT",
                "Sun, 06 Nov 1994 08:49:60 GMT",
                "Sun, 06 Nov 1994 08:49:37 gmt",
                "sun, 06 nov 1994 08:49:37 GMT",
                "Sun, 6 Nov 1994 08:49:37 GMT",
                "Sun,06 Nov 1994 08:49:37 GMT",
                "Sun, 06 Nov 94 08:49:37 GMT",
                "Sun, 06 Nov +1994 08:49:37 GMT",
                "Sun, 06 Nov 11994 08:49:37 GMT",
                "Sun, 06 Nov -1994 08:49:37 GMT",
                "Sun, 06-Nov-94 08:49:37 GMT",
                "Sunday, 06-Nov-1994 08:49:37 GMT",
                "Monday, 06-Nov-94 08:49:37 GMT",
                "Sunday, 31-Feb-94 08:49:37 GMT",
                "Sun Nov  6 08:49:37 1994 GMT",
                "Sun Nov   6 08:49:37 1994",
                "Sun Nov 006 08:49:37 1994",
                "Sun Nov 31 08:49:37 1994",
                "Sun, 06 Nov 1994 08:49:37 GMT, Sun, 06 Nov 1994 08:49:37 GMT",
                "Sun, 06 Nov 1994 08:49:37 GMT ",
                "Sun, 0\u0666 Nov 1994 08:49:37 GMT",
            })
    void refusesWhatIsNoDate(String text) {
        assertThat(HttpDate.parse(text, NOW)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "2076-11-22T12:00:00Z, 2076-11-22T12:00:00Z",
        "2076-11-22T12:00:01Z, 1976-11-22T12:00:01Z",
        "2076-12-01T00:00:00Z, 1976-12-01T00:00:00Z",
        "2077-01-01T00:00:00Z, 1977-01-01T00:00:00Z",
        "2076-01-01T00:00:00Z, 2076-01-01T00:00:00Z",
    })
    void fiftyYearsAreCountedToTheSecond(Instant apparent, Instant meant) {
        assertThat(HttpDate.parse(RFC_850.format(meant.atOffset(ZoneOffset.UTC)), NOW))
                .contains(meant);
        assertThat(apparent.atOffset(ZoneOffset.UTC).getYear() % 100)
                .as("what the two have in common")
                .isEqualTo(meant.atOffset(ZoneOffset.UTC).getYear() % 100);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Sat, 31 Dec 2016 23:59:60 GMT",
                "Saturday, 31-Dec-16 23:59:60 GMT",
                "Sat Dec 31 23:59:60 2016",
            })
    void aLeapSecondIsATime(String text) {
        assertThat(HttpDate.parse(text, NOW)).contains(Instant.parse("2017-01-01T00:00:00Z"));
    }

    @Property
    void everySecondOfFourDigitYearsIsReadInTheTwoFormatsThatHaveThem(@ForAll("seconds") Instant instant) {
        assertThat(HttpDate.parse(HttpDate.format(instant), NOW)).contains(instant);
        assertThat(HttpDate.parse(ASCTIME.format(instant.atOffset(ZoneOffset.UTC)), NOW))
                .contains(instant);
    }

    /** Written a second time, by trying the centuries from the latest down. */
    @Property
    void twoDigitsMeanTheLatestYearThatIsNotTooFarAhead(
            @ForAll("seconds") Instant instant, @ForAll("recentSeconds") Instant now) {
        Clock clock = Clock.fixed(now, ZoneOffset.UTC);
        LocalDateTime limit = LocalDateTime.ofInstant(now, ZoneOffset.UTC).plusYears(50);
        LocalDateTime given = LocalDateTime.ofInstant(instant, ZoneOffset.UTC);
        Assume.that(given.getMonthValue() != 2 || given.getDayOfMonth() != 29); // not every century has one
        LocalDateTime meant = given.withYear(3000 + given.getYear() % 100);
        while (meant.isAfter(limit)) {
            meant = meant.minusYears(100);
        }
        assertThat(HttpDate.parse(RFC_850.format(meant), clock)).contains(meant.toInstant(ZoneOffset.UTC));
    }

    @Property
    void whateverIsSentIsADateOrNone(@ForAll String anything, @ForAll("nearlyDates") String nearlyADate) {
        assertThat(HttpDate.parse(anything, NOW)).isEmpty();
        HttpDate.parse(nearlyADate, NOW)
                .ifPresent(instant -> assertThat(HttpDate.parse(HttpDate.format(instant), NOW))
                        .contains(instant));
    }

    @Provide
    Arbitrary<Instant> seconds() {
        return Arbitraries.longs()
                .between(
                        Instant.parse("0000-01-01T00:00:00Z").getEpochSecond(),
                        Instant.parse("9999-12-31T23:59:59Z").getEpochSecond())
                .map(Instant::ofEpochSecond);
    }

    @Provide
    Arbitrary<Instant> recentSeconds() {
        return Arbitraries.longs()
                .between(
                        Instant.parse("1995-01-01T00:00:00Z").getEpochSecond(),
                        Instant.parse("2149-12-31T23:59:59Z").getEpochSecond())
                .map(Instant::ofEpochSecond);
    }

    @Provide
    Arbitrary<String> nearlyDates() {
        Arbitrary<String> pieces = Arbitraries.of(
                "Sun",
                "Sunday",
                "Mon",
                ",",
                " ",
                "  ",
                "-",
                ":",
                "06",
                "6",
                "31",
                "60",
                "99",
                "Nov",
                "Feb",
                "1994",
                "94",
                "0000",
                "08:49:37",
                "23:59:60",
                "GMT",
                "+",
                "Z");
        Arbitrary<String> valid = Arbitraries.of(
                "Sun, 06 Nov 1994 08:49:37 GMT", "Sunday, 06-Nov-94 08:49:37 GMT", "Sun Nov  6 08:49:37 1994");
        Arbitrary<String> changed = Combinators.combine(
                        valid, Arbitraries.integers().between(0, 28), pieces)
                .as((date, at, piece) -> date.substring(0, Math.min(at, date.length()))
                        + piece
                        + date.substring(Math.min(at + piece.length(), date.length())));
        return Arbitraries.oneOf(pieces.list().ofMaxSize(12).map(list -> String.join("", list)), changed);
    }

    @Test
    void writesThePreferredFormat() {
        assertThat(HttpDate.format(Instant.parse("1994-11-06T08:49:37.999Z")))
                .isEqualTo("Sun, 06 Nov 1994 08:49:37 GMT");
    }
}
