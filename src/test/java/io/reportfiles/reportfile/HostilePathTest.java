package io.reportfiles.reportfile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.reportfiles.catalogue.Period;
import io.reportfiles.catalogue.Quarter;
import io.reportfiles.web.problem.ProblemException;
import io.reportfiles.web.problem.ProblemType;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.From;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

/** Whatever stands in a path or is the name of a file: it is understood, or refused, and nothing else. */
class HostilePathTest {

    @Property
    void everyIdIsReadBackInEitherCase(@ForAll long high, @ForAll long low) {
        ReportFileId id = new ReportFileId(new UUID(high, low));
        assertThat(ReportFileId.find(id.toString())).contains(id);
        assertThat(ReportFileId.find(id.toString().toUpperCase(Locale.ROOT))).contains(id);
    }

    @Property
    void anythingElseIsNotFound(@ForAll @Size(max = 12) List<@From("idPieces") String> pieces) {
        String text = String.join("", pieces);
        if (text.matches("(?i)[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")) {
            assertThat(ReportFileId.parse(text)).hasToString(text.toLowerCase(Locale.ROOT));
        } else {
            assertThatExceptionOfType(ProblemException.class)
                    .isThrownBy(() -> ReportFileId.parse(text))
                    .satisfies(problem -> assertThat(problem.type()).isEqualTo(ProblemType.NOT_FOUND));
        }
    }

    @Property
    void everyPermalinkIsReadBack(
            @ForAll("codes") String organisation,
            @ForAll @IntRange(min = Period.FIRST_YEAR, max = Period.LAST_YEAR) int year,
            @ForAll Quarter quarter,
            @ForAll("codes") String section,
            @ForAll @IntRange(max = 999_999_999) int version) {
        Optional<Integer> wanted = Optional.of(version).filter(number -> number > 0);
        String path = "/" + organisation + "/" + year + "/" + quarter + "/" + section + "/"
                + wanted.map(number -> "v" + number).orElse("latest");
        assertThat(Permalink.find(path))
                .contains(new Permalink(organisation, new Period(year, quarter), section, wanted));
    }

    @Property
    void aPathOfAnythingIsAPermalinkOrNone(
            @ForAll String text, @ForAll @Size(max = 12) List<@From("pathPieces") String> pieces) {
        assertThat(Permalink.find(text)).isEmpty();
        String path = String.join("", pieces);
        Permalink.find(path)
                .ifPresent(link ->
                        assertThat(path.split("/", -1)).hasSize(6).contains(link.organisation(), link.section()));
    }

    @Property
    void aFileNameOfAnythingIsTakenOrRefusedInASentence(
            @ForAll String text, @ForAll @Size(max = 8) List<@From("namePieces") String> pieces) {
        for (String sent : List.of(text, String.join("", pieces))) {
            try {
                FileName name = FileName.parse(sent);
                assertThat(FileName.parse(name.value())).isEqualTo(name);
                assertThat(name.value()).doesNotContain("/", "\\").doesNotContainPattern("\\p{Cntrl}");
                assertThat(name.extension()).isNotNull();
                assertThat(ReportFileLinks.download("", ReportFileId.random(), name.value()))
                        .matches("/files/[0-9a-f-]{36}/[A-Za-z0-9%._~-]+");
            } catch (IllegalArgumentException e) {
                assertThat(e).hasMessageMatching("(The|A) file name \\P{Cntrl}+\\.");
            }
        }
    }

    @Provide
    Arbitrary<String> idPieces() {
        return Arbitraries.of(
                "01234567",
                "0123",
                "-",
                "-0123-0123-0123-",
                "0123456789ab",
                "ABCD",
                "g",
                " ",
                "\n",
                "\u0661",
                "\u0000",
                "{",
                "}",
                "01234567-0123-0123-0123-0123456789ab",
                "%00",
                "..");
    }

    @Provide
    Arbitrary<String> codes() {
        return Arbitraries.strings()
                .withCharRange('a', 'z')
                .withCharRange('A', 'Z')
                .numeric()
                .ofMinLength(1)
                .ofMaxLength(32);
    }

    @Provide
    Arbitrary<String> pathPieces() {
        return Arbitraries.of(
                "/",
                "/",
                "/",
                "A",
                "2026",
                "Q3",
                "3",
                "B.c-d_e",
                "latest",
                "v1",
                "v0",
                "v",
                "999999999",
                "9999999999",
                "\n",
                "é",
                "\u0661",
                " ",
                "..",
                ";",
                "%2F",
                "\u0000");
    }

    @Provide
    Arbitrary<String> namePieces() {
        return Arbitraries.of(
                "a",
                ".",
                "..",
                "/",
                "\\",
                "C:\\",
                "\\\\s\\",
                ".csv",
                " ",
                "é",
                "e\u0301",
                "\u0301",
                "報",
                "📈",
                "\ud800",
                "\udc00",
                "\u202e",
                "\u200d",
                "\u0000",
                "\r\n",
                "%",
                "\"",
                ";",
                "İ",
                "\ufffe",
                "\ufeff",
                "x".repeat(200));
    }
}
