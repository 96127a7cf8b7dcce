package io.reportfiles.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * Compares the operator's table with the code, both ways. After a change of settings, run it with
 * {@code -Dsettings.write=true} to write the table anew.
 */
class ConfigurationTableTest {

    private static final Path DOCUMENT = Path.of("src/docs/configuration.md");
    private static final String BEGIN = "<!-- settings: begin, written by ConfigurationTableTest -->\n";
    private static final String END = "<!-- settings: end -->\n";

    @Test
    void tableListsEverySettingAsTheCodeHasIt() throws IOException {
        String document = Files.readString(DOCUMENT);
        int from = document.indexOf(BEGIN) + BEGIN.length();
        int to = document.indexOf(END);
        if (Boolean.getBoolean("settings.write")) {
            Files.writeString(DOCUMENT, document.substring(0, from) + tables() + document.substring(to));
            return;
        }
        assertThat(document.substring(from, to)).isEqualTo(tables());
    }

    private static String tables() {
        return SettingsCatalogue.CONCERNS.stream()
                .map(ConfigurationTableTest::table)
                .collect(Collectors.joining("\n"));
    }

    private static String table(SettingsCatalogue.Concern concern) {
        return concern.settings().stream()
                .map(ConfigurationTableTest::row)
                .collect(Collectors.joining(
                        "",
                        "### " + concern.title() + "\n\n"
                                + "| property | environment variable | default | accepted | meaning |\n"
                                + "| --- | --- | --- | --- | --- |\n",
                        ""));
    }

    private static String row(Setting<?> setting) {
        String fallback = setting.fallback().map(text -> "`" + text + "`").orElse("");
        return "| `%s` | `%s` | %s | %s | %s |%n"
                .formatted(
                        setting.name(),
                        setting.environmentVariable(),
                        fallback,
                        setting.secret() ? setting.accepts() + " (secret)" : setting.accepts(),
                        setting.meaning())
                .replace(System.lineSeparator(), "\n");
    }
}
