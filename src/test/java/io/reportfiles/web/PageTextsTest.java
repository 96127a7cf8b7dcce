package io.reportfiles.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class PageTextsTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "de                        | GERMAN",
                "de-AT, en;q=0.5           | GERMAN",
                "en-GB, de;q=0.9           | ENGLISH",
                "de;q=0.3, en;q=0.8        | ENGLISH",
                "fr, de;q=0.5, en;q=0.1    | GERMAN",
                "fr                        | ENGLISH",
                "*                         | ENGLISH",
                "''                        | ENGLISH",
                "de;q=x                    | ENGLISH",
                ";;,,%%                    | ENGLISH",
            })
    void areThoseThatTheReaderPrefers(String accepted, PageTexts expected) {
        assertThat(PageTexts.of(accepted)).isEqualTo(expected);
    }

    @ParameterizedTest
    @EnumSource(ProblemType.class)
    void everyProblemIsSaidInGerman(ProblemType type) {
        Problem problem = Problem.of(type, "Only so.");
        Asker asker = new Asker("id", "GET", true, false, "", "", "/", "help@example.org", PageTexts.GERMAN);
        String page = ProblemPage.render(problem, asker);
        assertThat(page)
                .contains(
                        "<html lang=\"de\">", "<p class=\"rf-fine\" lang=\"en\">Only so.</p>", "Zu den Berichtsdateien")
                .doesNotContain("<h1>%s</h1>".formatted(type.title()), "%");
        assertThat(PageTexts.GERMAN.find("explain." + type.uri().replaceFirst(".*:", "")))
                .isPresent();
        assertThat(PageTexts.GERMAN.find("title." + type.uri().replaceFirst(".*:", "")))
                .isPresent();
    }

    @Test
    void everyTextIsThereInEveryLanguage() {
        assertThat(Arrays.stream(PageTexts.values()).map(texts -> texts.find("problem.contact")))
                .doesNotHaveDuplicates()
                .allMatch(Optional::isPresent);
    }
}
