package io.reportfiles.web.text;

import static org.assertj.core.api.Assertions.assertThat;

import io.reportfiles.web.problem.FieldError;
import io.reportfiles.web.problem.Problem;
import io.reportfiles.web.problem.ProblemAnswer;
import io.reportfiles.web.problem.ProblemType;
import io.reportfiles.web.problem.RequestFacts;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class PageTextsTest {

    /** For the log, and for scripts that verify the chains: the console shows the number and what that means. */
    private static final Set<String> NOT_FOR_READERS = Set.of(
            "The database is up to date: schema version {0}, {1} migrations applied now.",
            "The database could not be brought up to date: %s What needs it is refused; next try in %d s.",
            "The chain begins at number %d: a number and hash noted of that or a later one are needed.",
            "Number %d is missing.",
            "The %s of number %d is missing: %s.",
            "The %s of number %d, or its seal, was changed: %s.",
            "Number %d has not the hash that was noted.",
            "Number %d has not the hash that is anchored in the bucket.",
            "The chain ends at number %d, and number %d is anchored in the bucket.",
            "The chain could not be compared with its anchors, since the store did not list them.",
            "%d accounts were created and no event says so.",
            "The chain ends at number %d, before the one that was noted.",
            "%d %ss are in no link, although they are old: they were put in late, or by a node whose clock is wrong.");

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
        Problem problem = Problem.of(type, "There is no such account.")
                .withErrors(List.of(new FieldError("name", "This is required.")));
        for (boolean page : new boolean[] {true, false}) {
            RequestFacts facts =
                    new RequestFacts("id", "PUT", page, false, true, "", "", "/", "help@example.org", PageTexts.GERMAN);
            ProblemAnswer answer = ProblemAnswer.to(facts, problem);
            assertThat(answer.headers()).containsEntry("Content-Language", List.of("de"));
            assertThat(answer.body())
                    .contains("Dieses Konto gibt es nicht.", "Das ist nötig.")
                    .doesNotContain("\"%s\"".formatted(type.title()), ">%s<".formatted(type.title()), "There", "%");
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "A password has 12 to 1,000 characters. | Ein Passwort hat 12 bis 1.000 Zeichen.",
                "A password has 12 to 1 000 characters. | Ein Passwort hat 12 bis 1.000 Zeichen.",
                "There is no region with the code <b>%d</b>. | Es gibt keine Region mit dem Kürzel <b>%d</b>.",
                "There is a section with the code a$1 already. | Eine Sektion mit dem Kürzel a$1 gibt es schon.",
                "The file was found to be malware, a, b; nothing was stored. |"
                        + " Die Datei wurde als Schadsoftware erkannt, a, b; nichts wurde gespeichert.",
                "one ends a request after 900 s. two ends a request after 5 s. |"
                        + " one beendet eine Anfrage nach 900 s. two beendet eine Anfrage nach 5 s.",
                "Nobody has said this before. This is required. | Nobody has said this before. This is required.",
            })
    void sentencesKeepTheirNamesAndNumbers(String english, String german) {
        assertThat(PageTexts.GERMAN.say(english)).isEqualTo(german);
        assertThat(PageTexts.ENGLISH.say(english)).isEqualTo(english);
    }

    /** As far as a finished sentence can be told from other texts: it begins with a capital and ends with a full stop. */
    @Test
    void everySentenceThatSomebodyMayReadIsSaidInGerman() throws IOException {
        Set<String> german = german().keySet();
        assertThat(SourceSentences.sentences())
                .hasSizeGreaterThan(200)
                .filteredOn(sentence -> !NOT_FOR_READERS.contains(sentence))
                .isSubsetOf(german);
    }

    @Test
    void everyConcernOfTheConfigurationHasAGermanTitle() throws IOException {
        assertThat(Pattern.compile("new Concern\\(\"([^\"]+)\"")
                        .matcher(
                                Files.readString(Path.of("src/main/java/io/reportfiles/config/SettingsCatalogue.java")))
                        .results()
                        .map(concern -> concern.group(1)))
                .hasSizeGreaterThan(15)
                .isSubsetOf(german().keySet());
    }

    /** What is left of a sentence that was changed would be said by nobody. */
    @Test
    void everySentenceIsSaidSomewhere() throws IOException {
        List<String> said = SourceSentences.texts();
        assertThat(german().keySet())
                .filteredOn(sentence -> !sentence.matches("[a-z]+\\.[a-z]+"))
                .isSubsetOf(said);
    }

    @Test
    void translationsHaveThePlacesOfTheirSentences() throws IOException {
        assertThat(german())
                .allSatisfy((english, german) -> assertThat(places(german)).isEqualTo(places(english)));
    }

    private static Map<String, String> german() throws IOException {
        return read("de");
    }

    private static Map<String, String> read(String language) throws IOException {
        try (InputStream in = PageTexts.class.getResourceAsStream("texts-%s.po".formatted(language))) {
            return PortableObjects.read(in);
        }
    }

    private static List<String> places(String text) {
        return Pattern.compile("%(,?d|s|04X)")
                .matcher(text)
                .results()
                .map(MatchResult::group)
                .sorted()
                .toList();
    }

    @Test
    void everyTextOfAPageIsThereInEveryLanguage() throws IOException {
        assertThat(read("en"))
                .isNotEmpty()
                .allSatisfy(
                        (key, text) -> assertThat(PageTexts.GERMAN.text(key)).isNotBlank());
    }
}
