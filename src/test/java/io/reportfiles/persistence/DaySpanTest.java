package io.reportfiles.persistence;

import static org.assertj.core.api.Assertions.assertThat;

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
}
