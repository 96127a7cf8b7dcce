package io.reportfiles.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.reportfiles.web.problem.FieldError;
import io.reportfiles.web.problem.ProblemException;
import jakarta.ws.rs.core.MultivaluedHashMap;
import jakarta.ws.rs.core.MultivaluedMap;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class QueryParametersTest {

    private final MultivaluedMap<String, String> values = new MultivaluedHashMap<>();
    private final QueryParameters parameters = new QueryParameters(values);

    @Test
    void blankCountsAsAbsent() {
        values.add("q", "  ");
        assertThat(parameters.find("q")).isEmpty();
        assertThat(parameters.find("other")).isEmpty();
    }

    @Test
    void spacesAtTheEndsAreDropped() {
        values.add("q", " a b ");
        assertThat(parameters.find("q")).contains("a b");
    }

    @Test
    void secondValueIsRefused() {
        values.add("q", "a");
        values.add("q", "b");
        assertInvalid(() -> parameters.find("q"), "q");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a\u0000b", "a\nb", "\u007f"})
    void controlCharactersAreRefused(String text) {
        values.add("q", text);
        assertInvalid(() -> parameters.find("q"), "q");
    }

    @Test
    void longTextIsRefused() {
        values.add("q", "x".repeat(201));
        assertInvalid(() -> parameters.find("q"), "q");
    }

    @Test
    void whatIsNotUnderstoodIsRefusedWithWhatIs() {
        values.add("colour", "red");
        assertThatThrownBy(() -> parameters.find("colour", text -> Optional.empty(), "Only blue."))
                .hasMessage("Only blue.");
    }

    @Test
    void pageIsTheFirstUnlessAskedFor() {
        assertThat(parameters.page()).isEqualTo(new PageRequest(1, 25));
        values.add("page", "3");
        values.add("size", "200");
        assertThat(parameters.page()).isEqualTo(new PageRequest(3, 200));
        assertThat(parameters.page().offset()).isEqualTo(400);
    }

    @ParameterizedTest
    @CsvSource({"page,0", "page,1000001", "page,-1", "page,1.5", "page,99999999999", "size,0", "size,201", "size,x"})
    void pageOutOfRangeIsRefused(String name, String value) {
        values.add(name, value);
        assertInvalid(parameters::page, name);
    }

    /** A query's bare plus arrives as a blank. */
    @ParameterizedTest
    @CsvSource({
        "2026-01-01T00:00:00Z",
        "2026-01-01T02:00:00+02:00",
        "2026-01-01T02:00:00 02:00",
        "2025-12-31T22:00:00-02:00",
        "2026-01-01T02:00:00.000 02"
    })
    void anOffsetNeedsNoEscape(String text) {
        values.add("from", text);
        assertThat(parameters.instant("from")).contains(Instant.parse("2026-01-01T00:00:00Z"));
    }

    @ParameterizedTest
    @CsvSource({"2026-01-01", "2026-01-01 00:00:00 02:00", "2026-01-01T00:00:00", "10000-01-01T00:00:00Z", "now"})
    void whatIsNoInstantIsRefused(String text) {
        values.add("from", text);
        assertInvalid(() -> parameters.instant("from"), "from");
    }

    private static void assertInvalid(Runnable call, String field) {
        assertThatThrownBy(call::run)
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        e -> assertThat(e.errors())
                                .extracting(FieldError::field)
                                .containsExactly(field));
    }

    /** A query's bare plus arrives as a blank, which is stripped at the beginning. */
    @ParameterizedTest
    @CsvSource({"+05:00, +05:00", " 05:00, +05:00", "05:00, +05:00", "UTC 2, UTC+02:00", "-05:00, -05:00", "UTC, UTC"})
    void aZoneNeedsNoEscape(String sent, String zone) {
        MultivaluedHashMap<String, String> query = new MultivaluedHashMap<>();
        query.add("zone", sent);
        assertThat(new QueryParameters(query).daySpan(Clock.systemUTC()).zone()).isEqualTo(ZoneId.of(zone));
    }
}
