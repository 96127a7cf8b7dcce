package io.reportfiles.submission;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.reportfiles.web.problem.ProblemException;
import io.reportfiles.web.problem.ProblemType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PartHeadTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "form-data; name=\"file\"; filename=\"report.csv\" | report.csv",
                "form-data;name=file;filename=report.csv | report.csv",
                "FORM-DATA ; NAME=file ; FileName = \"a; b.csv\" | a; b.csv",
                "form-data; filename=\"Prüfung.csv\"; name=\"file\" | Prüfung.csv",
                "form-data; name=\"file\"; filename=\"a\\\"b.csv\" | a\"b.csv",
                "form-data; name=\"file\"; filename=\"C:\\data\\report.csv\" | C:\\data\\report.csv",
                "form-data; name=\"file\"; filename=\"\\\\server\\share\\r.csv\" | \\\\server\\share\\r.csv",
                "form-data; name=\"file\"; filename=\"fallback.csv\"; filename*=UTF-8''Pr%C3%BCf%20ung.csv | Prüf ung.csv",
                "form-data; name=\"file\"; filename*=utf-8'en'r.csv | r.csv",
                "form-data; name=\"file\"; filename=\"\" | ``",
                "form-data; name=\"file\"; filename=\"a%22b%2c.csv\" | a\"b%2c.csv",
                "form-data; name=\"file\"; filename*=UTF-8''a%2522b.csv | a%22b.csv",
                "form-data; name=file; filename=\"=?utf-8?B?UHLDvGZ1bmcuY3N2?=\" | Prüfung.csv",
                "form-data; name=file; filename=\"=?UTF-8?b?4pyT?=\"; filename*=utf-8''%E2%9C%93.csv | ✓.csv",
                "form-data; name=\"file\"; filename=\"=?UTF-8?Q?Pr=C3=BCfung_100%.csv?=\" | Prüfung 100%.csv",
                "form-data; name=\"file\"; filename=\"=?UTF-8?B?UHLD?= =?utf-8*de?B?vGZ1bmc=?=\" | Prüfung",
                "form-data; name=\"file\"; filename=\"=?what?.csv\" | =?what?.csv",
                "form-data; name=\"file\"; filename=\"a =?utf-8?B?4pyT?=\" | a =?utf-8?B?4pyT?=",
            })
    void fileNameIsReadInEveryForm(String disposition, String fileName) {
        PartHead head = PartHead.parse(block("Content-Disposition: " + disposition));
        assertThat(head.name()).isEqualTo("file");
        assertThat(head.fileName()).contains(fileName);
    }

    /** The escapes of the HTML standard, and no others: half a dozen more characters would be another name's own. */
    @ParameterizedTest
    @CsvSource({"a%0Db%0Ac, 'a\rb\nc'", "a%0db, a%0db", "100%.csv, 100%.csv", "%41%25%2522, %41%25%2522", "%%22, '%\"'"
    })
    void onlyWhatBrowsersEscapeIsDecoded(String sent, String name) {
        assertThat(FormFileName.decode(sent))
                .isEqualTo(name.replace("\\r", "\r").replace("\\n", "\n"));
    }

    @Test
    void fieldHasNoFileName() {
        PartHead head = PartHead.parse(block("content-disposition:form-data; name=\"year\""));
        assertThat(head.name()).isEqualTo("year");
        assertThat(head.fileName()).isEmpty();
    }

    @Test
    void foldedHeaderIsOneLine() {
        PartHead head =
                PartHead.parse(block("Content-Disposition: form-data;\r\n  name=\"file\";\r\n\tfilename=\"a.csv\""));
        assertThat(head.fileName()).contains("a.csv");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "Content-Type: text/csv",
                "Content-Disposition: attachment; name=\"file\"",
                "Content-Disposition: form-data",
                "Content-Disposition: form-data; name=\"\"",
                "Content-Disposition: form-data; name=\"file\"; name=\"file\"",
                "Content-Disposition: form-data; name=\"file\"; filename=\"a.csv",
                "Content-Disposition: form-data; name=\"file\"; filename=\"a\"b\"",
                "Content-Disposition: form-data; name=\"file\"; filename*=a.csv",
                "Content-Disposition: form-data; name=\"file\"; filename*=ISO-8859-1''a.csv",
                "Content-Disposition: form-data; name=\"file\"; filename*=UTF-8''%F",
                "Content-Disposition: form-data; name=\"file\"; filename*=UTF-8''%FF",
                "Content-Disposition: form-data; name=\"file\"; filename=\"=?iso-8859-1?Q?=FC?=\"",
                "Content-Disposition: form-data; name=\"file\"; filename=\"=?utf-8?Q?=FC?=\"",
                "Content-Disposition: form-data; name=\"file\"; filename=\"=?utf-8?B?????=\"; filename*=x",
                "Content-Disposition: form-data; name=\"file\"; filename=\"=?utf-8?B?@@?=\"",
                "Content-Disposition: form-data; name=\"a\"\r\nContent-Disposition: form-data; name=\"file\"",
                "Content-Disposition: form-data; name=\"file\"\r\nContent-Type: multipart/mixed; boundary=x",
                "Content-Disposition: form-data; name=\"file\"\r\nContent-Transfer-Encoding: base64",
            })
    void anythingElseIsRefused(String lines) {
        assertRefused(block(lines));
    }

    @ParameterizedTest
    @ValueSource(strings = {"\u00FF", "\u00C3", "\u00C0\u00AF", "\u00ED\u00A0\u0080"})
    void bytesThatAreNotUtf8AreRefused(String bytes) {
        assertRefused("Content-Disposition: form-data; name=\"file\"; filename=\"" + bytes + ".csv\"\r\n\r\n");
    }

    @Test
    void longValueDoesNotExhaustTheStack() {
        String name = "a\\\"".repeat(8_000);
        PartHead head =
                PartHead.parse(block("Content-Disposition: form-data; name=\"file\"; filename=\"" + name + "\""));
        assertThat(head.fileName()).contains("a\"".repeat(8_000));
        assertThat(FormFileName.decode("=?utf-8?B?YQ==?=".repeat(10_000))).hasSize(10_000);
        assertThat(FormFileName.decode("=?utf-8?B?YQ==?=".repeat(10_000) + "x")).hasSize(160_001);
    }

    private static void assertRefused(String block) {
        assertThatExceptionOfType(ProblemException.class)
                .isThrownBy(() -> PartHead.parse(block))
                .satisfies(problem -> assertThat(problem.type()).isEqualTo(ProblemType.INVALID_INPUT))
                .satisfies(problem -> assertThat(problem.errors()).hasSize(1));
    }

    /** Header lines as the parser gets them: each byte of UTF-8 as one character. */
    private static String block(String lines) {
        return new String((lines + "\r\n\r\n").getBytes(UTF_8), ISO_8859_1);
    }
}
