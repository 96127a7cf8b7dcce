package io.reportfiles.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.time.Month;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FiscalPeriodTest {

    @ParameterizedTest
    @CsvSource({
        "2026-09-30, OCTOBER, 2026, Q4",
        "2026-10-01, OCTOBER, 2027, Q1",
        "2026-12-31, OCTOBER, 2027, Q1",
        "2027-01-01, OCTOBER, 2027, Q2",
        "2026-01-01, JANUARY, 2026, Q1",
        "2026-12-31, JANUARY, 2026, Q4",
        "2026-03-31, APRIL,   2026, Q4",
        "2026-04-01, APRIL,   2027, Q1",
    })
    void yearIsNamedAfterTheOneInWhichItEnds(LocalDate day, Month start, int year, String quarter) {
        assertThat(FiscalPeriod.of(day, start)).isEqualTo(new FiscalPeriod(year, quarter));
    }
}
