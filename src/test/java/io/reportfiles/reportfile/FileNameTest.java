package io.reportfiles.reportfile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FileNameTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a",
                "report.csv",
                "Active Case Data, 2026 Q3 (final).xlsx",
                ".hidden",
                "a..b.txt",
                "quote\"and;semicolon=.csv",
                "100%.txt",
                "отчёт.csv",
                "報告書.pdf",
                "می\u200Cخواهم.txt",
                "👩\u200D💻.txt"
            })
    void plainNameIsKept(String name) {
        assertThat(FileName.parse(name).value()).isEqualTo(name);
    }

    @Test
    void nameIsBroughtIntoFormC() {
        assertThat(FileName.parse("Pru\u0308fung.csv")).isEqualTo(new FileName("Pr\u00FCfung.csv"));
    }

    @ParameterizedTest
    @CsvSource({
        "C:\\Users\\ann\\report.csv",
        "c:/data/report.csv",
        "\\\\server\\share\\report.csv",
        "C:\\..\\report.csv"
    })
    void directoriesOfAFullWindowsPathAreDropped(String path) {
        assertThat(FileName.parse(path).value()).isEqualTo("report.csv");
    }

    @Nested
    class IsRefused {

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "/etc/passwd",
                    "../report.csv",
                    "..\\report.csv",
                    "a/b.csv",
                    "a\\b.csv",
                    "./report.csv",
                    "report.csv/",
                    "C:/data/../a/",
                })
        void path(String name) {
            assertRefused(name);
        }

        @ParameterizedTest
        @ValueSource(strings = {"", ".", "..", "...", " ", "\u00A0", "C:\\", "C:\\data\\"})
        void nothing(String name) {
            assertRefused(name);
        }

        @ParameterizedTest
        @ValueSource(strings = {"report.csv.", "report.csv ", " report.csv", "report.csv\u00A0", "\u3000report.csv"})
        void whatSomeSystemsDrop(String name) {
            assertRefused(name);
        }

        @ParameterizedTest
        @ValueSource(ints = {0x00, 0x01, 0x09, 0x0A, 0x0D, 0x1B, 0x7F, 0x85, 0x2028, 0x2029})
        void controlCharacter(int codePoint) {
            assertRefused("a" + Character.toString(codePoint) + "b.csv");
        }

        @ParameterizedTest
        @ValueSource(
                ints = {0x202A, 0x202B, 0x202C, 0x202D, 0x202E, 0x2066, 0x2067, 0x2068, 0x2069, 0x200E, 0x200F, 0x061C})
        void textDirectionCharacter(int codePoint) {
            assertRefused("report" + Character.toString(codePoint) + "fdp.csv");
        }

        @ParameterizedTest
        @ValueSource(ints = {0x200B, 0x2060, 0xFEFF, 0x00AD, 0xE0001})
        void invisibleCharacter(int codePoint) {
            assertRefused("report" + Character.toString(codePoint) + ".csv");
        }

        @ParameterizedTest
        @ValueSource(ints = {0xD800, 0xDFFF, 0xFFFE, 0xFFFF, 0xFDD0, 0x1FFFE})
        void whatIsNoCharacter(int codePoint) {
            assertRefused("report" + Character.toString(codePoint) + ".csv");
        }

        @Test
        void nameLongerThanFileSystemsTake() {
            assertThat(FileName.parse("a".repeat(251) + ".csv").value()).hasSize(FileName.MAX_BYTES);
            assertThat(FileName.parse("報".repeat(85)).value()).hasSize(85);
            assertRefused("a".repeat(252) + ".csv");
            assertRefused("a".repeat(5_000));
            assertRefused("報".repeat(86));
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> FileName.parse("報".repeat(200)))
                    .withMessage("The file name has 600 bytes of UTF-8; file systems take at most 255.");
        }

        @Test
        void valueThatWasNotNormalised() {
            assertThatIllegalArgumentException().isThrownBy(() -> new FileName("Pru\u0308fung.csv"));
        }

        private void assertRefused(String name) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> FileName.parse(name))
                    .withMessageMatching("(The|A) file name \\P{Cntrl}+\\.");
        }
    }

    @ParameterizedTest
    @CsvSource({"report.csv, csv", "REPORT.CSV, csv", "a.tar.gz, gz", "a. csv, ' csv'", "İ.TXT, txt"})
    void extensionFollowsTheLastDot(String name, String extension) {
        assertThat(FileName.parse(name).extension()).contains(extension);
    }

    @ParameterizedTest
    @ValueSource(strings = {"report", ".csv"})
    void nameWithoutExtensionHasNone(String name) {
        assertThat(FileName.parse(name).extension()).isEmpty();
    }
}
