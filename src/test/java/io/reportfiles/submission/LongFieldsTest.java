package io.reportfiles.submission;

import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import io.reportfiles.server.HostileText;
import io.reportfiles.web.http.HeaderParameters;
import io.reportfiles.web.problem.ProblemException;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Header fields of submissions that keep a careless parser busy. */
class LongFieldsTest {

    private static final int LENGTH = 65_536;

    /** Each text takes less than a millisecond; a quadratic parser takes seconds for one. */
    private static final Duration BOUND = Duration.ofSeconds(20);

    @Test
    void digestsAreReadOrRefused() {
        assertTimeoutPreemptively(
                BOUND,
                () -> HostileText.of(LENGTH).forEach(text -> {
                    try {
                        DigestFields.sha256(Map.of("Repr-Digest", text));
                    } catch (ProblemException refused) {
                        // as it should be
                    }
                }));
    }

    @Test
    void parametersAreReadOrRefused() {
        assertTimeoutPreemptively(
                BOUND,
                () -> HostileText.of(LENGTH).forEach(text -> {
                    try {
                        HeaderParameters.parse("x" + text);
                    } catch (IllegalArgumentException refused) {
                        // as it should be
                    }
                }));
    }

    @Test
    void headsOfPartsAreReadOrRefused() {
        assertTimeoutPreemptively(
                BOUND,
                () -> HostileText.of(LENGTH).forEach(text -> {
                    try {
                        PartHead.parse("Content-Disposition: form-data; name=file; filename*=" + text + "\r\n\r\n");
                    } catch (ProblemException refused) {
                        // as it should be
                    }
                }));
    }
}
