package io.reportfiles.submission;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.reportfiles.web.problem.ProblemException;
import io.reportfiles.web.problem.ProblemType;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DigestFieldsTest {

    private static final String EMPTY_FILE = "47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=";
    private static final String HEX = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";
    private static final String OTHER = "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=";

    private static Optional<String> of(String value) {
        return DigestFields.sha256(Map.of("Repr-Digest", value));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "sha-256=:" + EMPTY_FILE + ":",
                "  sha-256=:" + EMPTY_FILE + ":  ",
                "sha-512=:AAAA:, sha-256=:" + EMPTY_FILE + ":",
                "sha-256=:" + EMPTY_FILE + ":,md5=:AAAA:",
                "sha-256=:" + EMPTY_FILE + ":;p=1;q, crc32c=::",
                "sha-256=:" + OTHER + ":, sha-256=:" + EMPTY_FILE + ":",
            })
    void sha256IsFound(String value) {
        assertThat(of(value)).contains(HEX);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "sha-512=:AAAA:", "md5=:AAAA:, unixsum=:AAAA:"})
    void otherAlgorithmsMeanNothing(String value) {
        assertThat(of(value)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "sha-256=" + EMPTY_FILE,
                "sha-256=:" + EMPTY_FILE,
                "sha-256=:" + HEX + ":",
                "sha-256=:AAAA:",
                "sha-256=::",
                "sha-256=:!:",
                "SHA-256=:" + EMPTY_FILE + ":",
                "sha-256=:" + EMPTY_FILE + ":,",
                "sha-256=:" + EMPTY_FILE + ": x",
                ",sha-256=:" + EMPTY_FILE + ":",
                "sha-512=AAAA, sha-256=:" + EMPTY_FILE + ":",
                "nonsense",
            })
    void malformedIsRefused(String value) {
        assertRefused(Map.of("Repr-Digest", value));
    }

    @Test
    void contradictionIsRefused() {
        String field = "sha-256=:" + EMPTY_FILE + ":";
        assertThat(DigestFields.sha256(Map.of("Repr-Digest", field, "Content-Digest", field)))
                .contains(HEX);
        assertRefused(Map.of("Repr-Digest", field, "Content-Digest", "sha-256=:" + OTHER + ":"));
    }

    private static void assertRefused(Map<String, String> fields) {
        assertThatExceptionOfType(ProblemException.class)
                .isThrownBy(() -> DigestFields.sha256(fields))
                .satisfies(problem -> assertThat(problem.type()).isEqualTo(ProblemType.INVALID_INPUT));
    }
}
