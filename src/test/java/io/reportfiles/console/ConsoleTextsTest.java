package io.reportfiles.console;

import static org.assertj.core.api.Assertions.assertThat;

import io.reportfiles.access.AccountState;
import io.reportfiles.access.Role;
import io.reportfiles.audit.AuditAction;
import io.reportfiles.ledger.TransferOutcome;
import io.reportfiles.operations.ServerCheck;
import io.reportfiles.reconcile.FindingAction;
import io.reportfiles.reconcile.FindingKind;
import io.reportfiles.reportfile.ReportFileState;
import io.reportfiles.storage.StoreFinding;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The constants that the API hands out have words in each language of the console and are named in its description. */
class ConsoleTextsTest {

    private static final Path TEXTS = Path.of("webapp/assets/console/texts");
    private static final Path DESCRIPTION = Path.of("src/docs/http-api.md");

    static Stream<Arguments> kinds() {
        return Stream.of(
                Arguments.of("action", AuditAction.values()),
                Arguments.of("outcome", TransferOutcome.values()),
                Arguments.of("state", ReportFileState.values()),
                Arguments.of("account", AccountState.values()),
                Arguments.of("role", Role.values()),
                Arguments.of("role.means", Role.values()),
                Arguments.of("finding", FindingKind.values()),
                Arguments.of("check", StoreFinding.Check.values()),
                Arguments.of("check", ServerCheck.values()),
                Arguments.of("check.advice", ServerCheck.values()),
                Arguments.of("verdict", StoreFinding.Verdict.values()),
                Arguments.of("finding.action", FindingAction.values()));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("kinds")
    void everyConstantHasAText(String kind, Enum<?>[] constants) throws IOException {
        String[] keys = Arrays.stream(constants)
                .map(constant -> "\n  '%s.%s': '".formatted(kind, constant.name()))
                .toArray(String[]::new);
        assertThat(Files.readString(TEXTS.resolve("en.js"))).contains(keys);
        assertThat(Files.readString(TEXTS.resolve("de.js"))).contains(keys);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("kinds")
    void everyConstantIsDescribed(String kind, Enum<?>[] constants) throws IOException {
        assertThat(Files.readString(DESCRIPTION))
                .contains(Arrays.stream(constants)
                        .map(constant -> "`%s`".formatted(constant.name()))
                        .toArray(String[]::new));
    }
}
