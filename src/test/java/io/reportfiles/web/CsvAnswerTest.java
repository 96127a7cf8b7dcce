package io.reportfiles.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CsvAnswerTest {

    @Test
    void fieldsAreQuotedWhereTheyHaveToBe() {
        assertThat(CsvAnswer.line(List.of("plain", "", "a,b", "say \"x\"", "two\nlines", "Käse")))
                .isEqualTo("plain,,\"a,b\",\"say \"\"x\"\"\",\"two\nlines\",Käse\r\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"=1+1", "+1", "-1", "@SUM(A1)", "\t=1"})
    void formulasAreText(String formula) {
        assertThat(CsvAnswer.line(List.of(formula))).isEqualTo("'" + formula + "\r\n");
        assertThat(CsvAnswer.line(List.of(formula + ",x"))).isEqualTo("\"'" + formula + ",x\"\r\n");
    }

    @Test
    void carriageReturnInFrontIsQuotedAndText() {
        assertThat(CsvAnswer.line(List.of("\r=1"))).isEqualTo("\"'\r=1\"\r\n");
    }
}
