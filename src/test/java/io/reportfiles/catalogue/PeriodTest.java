package io.reportfiles.catalogue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.reportfiles.web.FieldError;
import io.reportfiles.web.ProblemException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PeriodTest {

    @ParameterizedTest
    @ValueSource(strings = {"Q3", "q3", "3"})
    void quarterIsReadInEachSpelling(String text) {
        assertThat(Period.parse("2024", text)).isEqualTo(new Period(2024, Quarter.Q3));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "1989", "2100", "02024", "-2024", "2024 ", "٢٠٢٤", "2e3"})
    void yearThatIsNoneInRangeIsRefused(String year) {
        assertThatThrownBy(() -> Period.parse(year, "Q1"))
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        e -> assertThat(e.errors())
                                .extracting(FieldError::field)
                                .containsExactly("year"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "0", "5", "Q5", "Q", "Q33", "third", "٣"})
    void quarterThatIsNoneIsRefused(String quarter) {
        assertThatThrownBy(() -> Period.parse("2024", quarter)).isInstanceOf(ProblemException.class);
    }

    @Test
    void everythingWrongIsSaidAtOnce() {
        assertThatThrownBy(() -> Period.parse("x", "y"))
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        e -> assertThat(e.errors())
                                .extracting(FieldError::field)
                                .containsExactly("year", "quarter"));
    }

    @Test
    void periodsFollowEachOther() {
        assertThat(new Period(2024, Quarter.Q4)).isLessThan(new Period(2025, Quarter.Q1));
        assertThat(new Period(2024, Quarter.Q2)).isGreaterThan(new Period(2024, Quarter.Q1));
    }
}
