package io.reportfiles.submission.tus;

import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import io.reportfiles.server.HostileText;
import io.reportfiles.web.problem.ProblemException;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Header fields of resumable uploads that keep a careless parser busy. */
class LongFieldsTest {

    private static final int LENGTH = 65_536;

    /** Each text takes less than a millisecond; a quadratic parser takes seconds for one. */
    private static final Duration BOUND = Duration.ofSeconds(20);

    @Test
    void metadataIsReadOrRefused() {
        assertTimeoutPreemptively(
                BOUND,
                () -> HostileText.of(LENGTH).forEach(text -> {
                    try {
                        UploadMetadata.parse(Optional.of(text));
                    } catch (ProblemException refused) {
                        // as it should be
                    }
                }));
    }

    @Test
    void checksumsAreReadOrRefused() {
        assertTimeoutPreemptively(
                BOUND,
                () -> HostileText.of(LENGTH).forEach(text -> {
                    try {
                        UploadChecksum.parse(text);
                    } catch (ProblemException refused) {
                        // as it should be
                    }
                }));
    }
}
