package io.reportfiles.persistence;

import static org.assertj.core.api.Assertions.assertThat;

import io.reportfiles.web.QueryParameters;
import jakarta.ws.rs.core.MultivaluedHashMap;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DaySpanTest {

    @ParameterizedTest
    @CsvSource({
        "2026-03-01T00:00:00Z, 2026-03-29T01:00:00Z, 3600", // up to the very change of the clocks
        "2026-03-29T01:00:00Z, 2026-04-01T00:00:00Z, 7200",
        "2026-03-01T00:00:00Z, 2026-03-29T01:00:01Z, case when x < 1774746000 then 3600 else 7200 end",
    })
    void offsetsAreThoseWithinTheSpan(Instant from, Instant until, String offset) {
        assertThat(new DaySpan(from, until, ZoneId.of("Europe/Berlin")).dayOf("t"))
                .isEqualTo("floor((x + %s) / 86400)".formatted(offset).replace("x", "extract(epoch from t)"));
    }

    /** A query's bare plus arrives as a blank, which is stripped at the beginning. */
    @ParameterizedTest
    @CsvSource({"+05:00, +05:00", " 05:00, +05:00", "05:00, +05:00", "UTC 2, UTC+02:00", "-05:00, -05:00", "UTC, UTC"})
    void aZoneNeedsNoEscape(String sent, String zone) {
        MultivaluedHashMap<String, String> query = new MultivaluedHashMap<>();
        query.add("zone", sent);
        assertThat(DaySpan.read(new QueryParameters(query), Clock.systemUTC()).zone())
                .isEqualTo(ZoneId.of(zone));
    }
}
