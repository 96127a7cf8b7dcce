package io.reportfiles.download;

import static org.assertj.core.api.Assertions.assertThat;

import io.reportfiles.download.ContentDisposition.Presentation;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class ContentDispositionTest {

    @Test
    void namesThePlainFileTwice() {
        assertThat(attachment("report.csv"))
                .isEqualTo("attachment; filename=\"report.csv\"; filename*=UTF-8''report.csv");
    }

    @Test
    void accentsFallBackToTheirLetters() {
        assertThat(attachment("Übersicht é.csv"))
                .isEqualTo("attachment; filename=\"Ubersicht e.csv\"; filename*=UTF-8''%C3%9Cbersicht%20%C3%A9.csv");
    }

    @Test
    void otherScriptsFallBackToUnderscores() {
        assertThat(attachment("報告📈.pdf"))
                .isEqualTo("attachment; filename=\"___.pdf\"; filename*=UTF-8''%E5%A0%B1%E5%91%8A%F0%9F%93%88.pdf");
    }

    @Test
    void whatCouldEndTheQuotedNameIsReplaced() {
        assertThat(attachment("a\"; x=\\%41.txt"))
                .startsWith("attachment; filename=\"a__ x=__41.txt\"; ")
                .endsWith("UTF-8''a%22%3B%20x%3D%5C%2541.txt");
    }

    @Test
    void inlineIsForHarmlessTypesOnly() {
        assertThat(ContentDisposition.of("a.txt", "text/plain;charset=UTF-8", Presentation.INLINE))
                .startsWith("inline;");
        assertThat(ContentDisposition.of("a.html", "text/html", Presentation.INLINE))
                .startsWith("attachment;");
    }

    @Property
    void everyNameSurvivesAndStaysInsideTheHeader(@ForAll String name) {
        String header = attachment(name);
        assertThat(header)
                .matches("attachment; filename=\"[ -~&&[^\"\\\\]]*\"; filename\\*=UTF-8''[!-~&&[^\"\\\\;,]]*");
        String encoded = header.substring(header.lastIndexOf('\'') + 1).replace("+", "%2B");
        byte[] utf8 = name.getBytes(StandardCharsets.UTF_8);
        assertThat(URLDecoder.decode(encoded, StandardCharsets.UTF_8))
                .isEqualTo(new String(utf8, StandardCharsets.UTF_8));
    }

    private static String attachment(String name) {
        return ContentDisposition.of(name, "text/csv", Presentation.ATTACHMENT);
    }
}
