package io.reportfiles.submission.tus;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.reportfiles.submission.SubmissionFields;
import io.reportfiles.web.problem.FieldError;
import io.reportfiles.web.problem.ProblemException;
import java.util.Base64;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class UploadMetadataTest {

    private static final String DIGEST = "ab".repeat(32);

    @Test
    void knownKeysAreRead() {
        UploadMetadata metadata = parse("organisation YWs=, filename w6QuY3N2,filetype,  sha256 " + base64(DIGEST));
        assertThat(metadata.fields().find("organisation")).contains("ak");
        assertThat(metadata.fields().find("filename")).contains("ä.csv");
        assertThat(metadata.sha256()).contains(DIGEST);
        assertThat(metadata.fields().errors()).isEmpty();
    }

    @Test
    void nothingIsNothing() {
        assertThat(UploadMetadata.parse(Optional.empty()).header()).isEmpty();
        assertThat(parse("").sha256()).isEmpty();
    }

    @Test
    void keyWithoutValueIsEmpty() {
        assertThat(parse("quarter").fields().find("quarter")).contains("");
    }

    @ParameterizedTest
    @ValueSource(strings = {"year !!!", "year /w==", "sha256 YWJj", "sha256"})
    void whatCanNotBeReadIsAnErrorOfItsField(String header) {
        SubmissionFields fields = parse(header).fields();
        assertThat(fields.errors()).extracting(FieldError::field).containsExactly(header.split(" ")[0]);
    }

    @ParameterizedTest
    @ValueSource(strings = {",", "a YQ==,", "a YQ==,a YQ==", "ä YQ==", "a\tYQ=="})
    void malformedFieldIsRefused(String header) {
        assertThatThrownBy(() -> parse(header)).isInstanceOf(ProblemException.class);
    }

    private static UploadMetadata parse(String header) {
        return UploadMetadata.parse(Optional.of(header));
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(UTF_8));
    }
}
