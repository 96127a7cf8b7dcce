package io.reportfiles.inspection;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.reportfiles.inspection.SubmissionCheck.Look;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TextCheckTest {

    @ParameterizedTest
    @ValueSource(strings = {"a,b\n1,2\n", "\uFEFFa;b\r\n", "größer €\t\uD83D\uDE00", "\n\n x"})
    void textWithARecordIsFine(String text) {
        for (int chunk : new int[] {1, 2, 3, 100}) {
            assertThat(reasons(text.getBytes(UTF_8), chunk)).isEmpty();
        }
    }

    @Test
    void anotherEncodingIsToldWithItsLine() {
        byte[] latin1 = {'a', '\n', 'b', '\n', (byte) 0xE4, '\n', 'x'};
        assertThat(reasons(latin1, 1)).containsExactly("The file is not text in UTF-8: line 3 can't be read.");
    }

    @Test
    void characterThatIsCutOffIsMalformed() {
        assertThat(reasons(new byte[] {'a', (byte) 0xE2, (byte) 0x82}, 1)).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "\n", " \r\n\t\n", "\uFEFF"})
    void blankLinesAreNoRecord(String text) {
        assertThat(reasons(text.getBytes(UTF_8), 10))
                .containsExactly("The file holds no record: all its lines are blank.");
    }

    @Test
    void allReasonsAreTold() {
        assertThat(reasons(new byte[] {'\n', 0, '\n', (byte) 0xFF}, 10)).hasSize(2);
        assertThat(reasons(new byte[] {0, '\n'}, 1)).hasSize(2);
    }

    private static List<String> reasons(byte[] file, int chunk) {
        Look look = new TextCheck().begin();
        for (int offset = 0; offset < file.length; offset += chunk) {
            look.take(file, offset, Math.min(chunk, file.length - offset));
        }
        return look.reasons();
    }
}
