package io.reportfiles;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ThreatsTest {

    @Test
    void everyDefenceNamesTestsThatExist() throws IOException {
        String page = Files.readString(Path.of("src/docs/threats.md"));
        Set<String> tests;
        try (Stream<Path> files = Files.walk(Path.of("src/test/java"))) {
            tests = files.map(file -> file.getFileName().toString().replace(".java", ""))
                    .collect(Collectors.toSet());
        }
        assertThat(Pattern.compile("`([A-Z]\\w*(Test|IT|Contract))`")
                        .matcher(page)
                        .results())
                .extracting((MatchResult match) -> match.group(1))
                .hasSizeGreaterThan(30)
                .allMatch(tests::contains);
        assertThat(page.lines().filter(line -> line.startsWith("| ") && line.split("\\|").length == 4))
                .as("a threat, its defence and the tests that show it")
                .isNotEmpty();
    }
}
