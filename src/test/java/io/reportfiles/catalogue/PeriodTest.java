package io.reportfiles.catalogue;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PeriodTest {

    @ParameterizedTest
    @ValueSource(strings = {"Q3", "q3", "3"})
    void quarterIsReadInEachSpelling(String text) {
        assertThat(Period.find("2024", text)).contains(new Period(2024, Quarter.Q3));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "1989", "2100", "02024", "-2024", "2024 ", "٢٠٢٤", "2e3"})
    void textThatIsNoYearInRangeNamesNone(String year) {
        assertThat(Period.findYear(year)).isEmpty();
        assertThat(Period.find(year, "Q1")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "0", "5", "Q5", "Q", "Q33", "third", "٣"})
    void textThatIsNoQuarterNamesNone(String quarter) {
        assertThat(Period.find("2024", quarter)).isEmpty();
    }

    @Test
    void periodsFollowEachOther() {
        assertThat(new Period(2024, Quarter.Q4)).isLessThan(new Period(2025, Quarter.Q1));
        assertThat(new Period(2024, Quarter.Q2)).isGreaterThan(new Period(2024, Quarter.Q1));
    }
}
