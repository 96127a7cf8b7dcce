package io.reportfiles.catalogue;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NamePatternTest {

    @ParameterizedTest
    @CsvSource({
        "*, README, true",
        "*.ms??, ads.MS01, true",
        "*.ms??, ads.ms1, false",
        "*.ms??, ads.ms012, false",
        "ADS.*, ADS.E2J.FTP1.TS142, true",
        "ads.*, ADS.E2J.FTP1.TS142, true",
        "ADS.*, XADS.E2J, false",
        "?.csv, 📈.csv, true",
        "??.csv, 📈.csv, false",
        "Ü*, übersicht, true",
        "*σ, ΑΣ, true",
        "*.csv, a.c\u017Fv, false",
        "*.zip, a.z\u0131p, false",
        "*.zip, a.z\u0130p, false",
        "a.csv, a.csv, true",
        "a.csv, aXcsv, false",
        "[a]+(b), [a]+(b), true",
        "'u\u0308*', \u00FCbersicht, true",
    })
    void matchesTheWholeName(String pattern, String name, boolean matches) {
        assertThat(new NamePattern(pattern).matches(name)).isEqualTo(matches);
    }

    @Property
    void agreesWithARegularExpression(@ForAll("patterns") String pattern, @ForAll("names") String name) {
        String regex = pattern.chars()
                .mapToObj(c -> c == '*' ? ".*" : c == '?' ? "." : Pattern.quote(Character.toString(c)))
                .collect(Collectors.joining());
        assertThat(new NamePattern(pattern).matches(name)).isEqualTo(name.matches("(?i)" + regex));
    }

    @Test
    void theWorstPatternTakesNoTime() {
        NamePattern pattern = new NamePattern("*a".repeat(31) + "*b");
        Assertions.assertTimeout(Duration.ofSeconds(2), () -> {
            for (int i = 0; i < 1_000; i++) {
                assertThat(pattern.matches("a".repeat(255))).isFalse();
            }
        });
    }

    @ParameterizedTest
    @CsvSource({"a.csv, true", "A.CSV, true", "a.csv.txt, false", ".csv, false", "csv, false", "a..csv, true"})
    void anExtensionFollowsTheLastDot(String name, boolean accepted) {
        assertThat(new SectionNames.Extensions(Set.of("csv")).accept(name)).isEqualTo(accepted);
    }

    @Provide
    Arbitrary<String> patterns() {
        return Arbitraries.strings().withChars("ab*?.").ofMaxLength(10);
    }

    @Provide
    Arbitrary<String> names() {
        return Arbitraries.strings().withChars("abAB.").ofMaxLength(12);
    }
}
