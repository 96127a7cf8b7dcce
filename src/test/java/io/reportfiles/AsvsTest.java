package io.reportfiles;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class AsvsTest {

    private static final Pattern ROW = Pattern.compile("\\| (\\d+\\.\\d+\\.\\d+) \\| ([^|]+) \\| ([^|]+) \\|");
    private static final Pattern TEST = Pattern.compile("`(\\w+(?:Test|IT|Contract))(?:#(\\w+))?`");
    private static final Pattern REASON = Pattern.compile("(Operator|No such thing|Not met)\\b.*");

    /** The last item of each section that has items of level 2, and which ones below it are for level 3 or were withdrawn. */
    private static final Map<String, Integer> SECTIONS = Map.ofEntries(
            Map.entry("2.1", 12),
            Map.entry("2.2", 3),
            Map.entry("2.3", 3),
            Map.entry("2.4", 5),
            Map.entry("2.5", 7),
            Map.entry("2.6", 3),
            Map.entry("2.7", 6),
            Map.entry("2.8", 7),
            Map.entry("2.9", 3),
            Map.entry("2.10", 4),
            Map.entry("3.1", 1),
            Map.entry("3.2", 4),
            Map.entry("3.3", 4),
            Map.entry("3.4", 5),
            Map.entry("3.5", 3),
            Map.entry("3.7", 1),
            Map.entry("4.1", 5),
            Map.entry("4.2", 2),
            Map.entry("4.3", 3),
            Map.entry("5.1", 5),
            Map.entry("5.2", 8),
            Map.entry("5.3", 10),
            Map.entry("5.4", 3),
            Map.entry("5.5", 4),
            Map.entry("7.1", 4),
            Map.entry("7.2", 2),
            Map.entry("7.3", 4),
            Map.entry("7.4", 3),
            Map.entry("8.1", 4),
            Map.entry("8.2", 3),
            Map.entry("8.3", 8),
            Map.entry("9.1", 3),
            Map.entry("9.2", 4),
            Map.entry("12.1", 3),
            Map.entry("12.2", 1),
            Map.entry("12.3", 6),
            Map.entry("12.4", 2),
            Map.entry("12.5", 2),
            Map.entry("12.6", 1),
            Map.entry("13.1", 5),
            Map.entry("13.2", 6),
            Map.entry("13.3", 2),
            Map.entry("13.4", 2),
            Map.entry("14.1", 4),
            Map.entry("14.2", 6),
            Map.entry("14.3", 3),
            Map.entry("14.4", 7),
            Map.entry("14.5", 4));

    private static final List<String> WITHDRAWN = List.of("4.1.4", "7.3.2", "13.1.2", "13.2.4", "14.3.1");

    @Test
    void everyItemHasItsRow() throws IOException {
        assertThat(rows().map(row -> row.group(1)))
                .doesNotHaveDuplicates()
                .containsExactlyInAnyOrderElementsOf(SECTIONS.entrySet().stream()
                        .flatMap(section -> IntStream.rangeClosed(1, section.getValue())
                                .mapToObj(number -> section.getKey() + "." + number))
                        .filter(item -> !WITHDRAWN.contains(item))
                        .toList());
    }

    @Test
    void everyRowNamesATestThatExistsOrAReason() throws IOException {
        Map<String, String> sources = sources();
        for (MatchResult row : rows().toList()) {
            List<MatchResult> tests = TEST.matcher(row.group(3)).results().toList();
            assertThat(!tests.isEmpty() || REASON.matcher(row.group(3)).matches())
                    .as(row.group())
                    .isTrue();
            for (MatchResult test : tests) {
                assertThat(sources).as(row.group()).containsKey(test.group(1));
                if (test.group(2) != null) {
                    assertThat(sources.get(test.group(1)))
                            .as(row.group())
                            .containsPattern("void " + test.group(2) + "\\(");
                }
            }
        }
    }

    private static Stream<MatchResult> rows() throws IOException {
        return ROW.matcher(Files.readString(Path.of("src/docs/asvs.md"))).results();
    }

    /** From name to source of each test class. */
    private static Map<String, String> sources() throws IOException {
        try (Stream<Path> files = Files.walk(Path.of("src/test/java"))) {
            return files.filter(file -> file.toString().endsWith(".java"))
                    .filter(file -> !file.endsWith("package-info.java"))
                    .collect(Collectors.toMap(
                            file -> file.getFileName().toString().replace(".java", ""),
                            AsvsTest::read,
                            (one, another) -> one + another)); // some names are used twice
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
