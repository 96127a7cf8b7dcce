package io.reportfiles.web.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PortableNameTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "con.csv          | _con.csv",
                "CON              | _CON",
                "Aux.tar.gz       | _Aux.tar.gz",
                "nul .csv         | _nul .csv",
                "com0.csv         | _com0.csv",
                "lpt9             | _lpt9",
                "LPT\u00B9.csv    | _LPT\u00B9.csv",
                "com\u00B3        | _com\u00B3",
                "CONIN$.txt       | _CONIN$.txt",
                "clock$           | _clock$",
                "a:b.csv          | a_b.csv",
                "what?.csv        | what_.csv",
                "<a>\\\"b\"*.csv   | _a___b__.csv",
                ".hidden.csv      | _hidden.csv",
                "...csv           | ___csv",
                "report.          | report_",
                "report. .        | report___",
                "a/b\\c.csv       | a_b_c.csv",
                "con:.csv         | con_.csv",
            })
    void whatSomeDesktopCanNotHaveIsReplaced(String submitted, String portable) {
        assertThat(PortableName.of(submitted).value()).isEqualTo(portable);
        assertThat(PortableName.of(portable).value()).isEqualTo(portable);
    }

    @Test
    void controlCharactersAndBlanksAtTheEndsAreReplaced() {
        assertThat(PortableName.of(" a\tb\u007Fc ").value()).isEqualTo("_a_b_c_");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "report.csv",
                "console.csv",
                "com10.csv",
                "lpt.csv",
                "ADS.E2J.FTP1.TS142",
                "README",
                "Active Cases (final), 100%.xlsx",
                "報告書.pdf",
                "👩\u200D💻.txt",
                "a+b&c=d;e'f~g.csv"
            })
    void otherNamesStayAsTheyAre(String name) {
        assertThat(PortableName.of(name).value()).isEqualTo(name);
    }

    @Test
    void nameIsNeverLongerThanFileSystemsTake() {
        String longest = "con." + "報".repeat(82) + ".csv";
        assertThat(longest.getBytes(UTF_8)).hasSize(254);
        String portable = PortableName.of("c" + longest).numbered(100).value();
        assertThat(portable.getBytes(UTF_8)).hasSizeBetween(250, 255);
        assertThat(portable).startsWith("ccon.報").endsWith("報 (100).csv");

        assertThat(PortableName.of("nul." + "a".repeat(251)).value())
                .hasSize(255)
                .startsWith("_nul.a");
        assertThat(PortableName.of("𝒳".repeat(63) + "𝒳").numbered(2).value()).isEqualTo("𝒳".repeat(62) + " (2)");
        assertThat(PortableName.of("a".repeat(245) + "... b.csv").numbered(10).value())
                .isEqualTo("a".repeat(245) + " (10).csv");
    }

    @Test
    void namesOfTheSameFileAreFoldedAlike() {
        assertThat(PortableName.of("ÜBERSICHT.CSV").folded())
                .isEqualTo(PortableName.of("u\u0308bersicht.csv").folded())
                .isEqualTo(PortableName.of("ü\u200Dbersicht.csv").folded());
    }
}
