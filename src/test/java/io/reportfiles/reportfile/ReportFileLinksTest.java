package io.reportfiles.reportfile;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.util.UUID;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ReportFileLinksTest {

    private static final ReportFileId ID = new ReportFileId(UUID.fromString("11111111-1111-4111-8111-111111111111"));

    @ParameterizedTest
    @CsvSource({
        "report.csv,report.csv",
        "a b.csv,a%20b.csv",
        "100%.csv,100%25.csv",
        "a/b?c#d;e.csv,a%2Fb%3Fc%23d%3Be.csv",
        "Prüfung.csv,Pr%C3%BCfung.csv",
        "日本.csv,%E6%97%A5%E6%9C%AC.csv",
        "\uD83D\uDE00.csv,%F0%9F%98%80.csv",
    })
    void filenameIsPercentEncoded(String filename, String segment) {
        String link = ReportFileLinks.download("/context", ID, filename);
        assertThat(link).isEqualTo("/context/files/" + ID + "/" + segment);
        assertThat(URI.create(link).getPath()).endsWith("/" + filename);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "1-1-1-1-1",
                "11111111-1111-4111-8111-11111111111",
                "11111111-1111-4111-8111-1111111111111",
                "{11111111-1111-4111-8111-111111111111}",
                "11111111111141118111111111111111",
                "11111111-1111-4111-8111-11111111111g",
            })
    void idIsAWholeUuid(String text) {
        assertThat(ReportFileId.find(text)).isEmpty();
        assertThat(ReportFileId.find(ID.toString())).contains(ID);
    }
}
