package io.reportfiles.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Chars;
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
    @ValueSource(strings = {"=1+1", "+1", "-1", "@SUM(A1)", "\uff1d1", "\uff0b1", "\uff0d1", "\uff201"})
    void formulasAreText(String formula) {
        assertThat(CsvAnswer.line(List.of(formula))).isEqualTo("'" + formula + "\r\n");
        assertThat(CsvAnswer.line(List.of(" \u00a0" + formula))).isEqualTo(" \u00a0'" + formula + "\r\n");
        assertThat(CsvAnswer.line(List.of(formula + ",x"))).isEqualTo("\"'" + formula + ",x\"\r\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {";", "; ", "|", "\t", "x; \u3000"})
    void formulasBehindAnotherSeparatorAreText(String before) {
        assertThat(CsvAnswer.line(List.of("Mozilla" + before + "=cmd()")))
                .isEqualTo("Mozilla" + before + "'=cmd()\r\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {",", "\n", "\r", "\r\n", ";\"", "\""})
    void formulasBehindQuotedSeparatorsAreText(String before) {
        assertThat(CsvAnswer.line(List.of(";" + before + "=1")))
                .isEqualTo("\";" + before.replace("\"", "\"\"") + "'=1\"\r\n");
    }

    @Test
    void signsWithinAFieldStay() {
        assertThat(CsvAnswer.line(List.of("a=b", "2026-01-01", "x @ y", "1 + 1")))
                .isEqualTo("a=b,2026-01-01,x @ y,1 + 1\r\n");
    }

    @Test
    void readsNoMoreLinesWhenTheClientHasLeft() throws IOException {
        AtomicInteger read = new AtomicInteger();
        OutputStream leaving = new OutputStream() {
            @Override
            public void write(int octet) throws IOException {
                throw new IOException("broken pipe, on purpose");
            }
        };
        CsvAnswer.body(false, List.of("a"), line -> {
                    while (read.incrementAndGet() < 10_000_000) {
                        line.accept(List.of("x".repeat(100)));
                    }
                })
                .write(leaving);
        assertThat(read.get()).isLessThan(10_000);
    }

    /** Whatever separates fields, none begins with a formula. */
    @Property
    void noPieceBeginsWithAFormula(
            @ForAll @Chars({'=', '-', '\uff1d', ';', ',', '\t', '|', '\n', '"', ' ', 'a', '\''}) String text) {
        String line = CsvAnswer.line(List.of(text));
        for (String piece : line.split("[,;|\t\r\n]")) {
            assertThat(piece.replaceFirst("^[ \"]*+", ""))
                    .doesNotStartWith("=")
                    .doesNotStartWith("-")
                    .doesNotStartWith("\uff1d");
        }
    }
}
