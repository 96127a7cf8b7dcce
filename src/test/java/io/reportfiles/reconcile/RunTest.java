package io.reportfiles.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import io.reportfiles.config.ReconciliationSettings.UnknownObjects;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class RunTest {

    private static final Instant BEGIN = Instant.EPOCH;

    private final Run run = new Run(
            UUID.randomUUID(),
            new Mode(Mode.SCHEDULE, false, UnknownObjects.REPORT),
            BEGIN,
            BEGIN,
            Duration.ofSeconds(5));

    @Test
    void isSavedByTimeHoweverLittleItHasDone() {
        assertThat(run.isTimeToSave(BEGIN.plusSeconds(4))).isFalse();
        assertThat(run.isTimeToSave(BEGIN.plusSeconds(5))).isTrue();
        run.saved(0, BEGIN.plusSeconds(5));
        assertThat(run.isTimeToSave(BEGIN.plusSeconds(9))).isFalse();
        assertThat(run.isTimeToSave(BEGIN.plusSeconds(10))).isTrue();
    }

    @Test
    void keepsWhatIsNotSavedUpToABound() {
        Finding finding =
                new Finding(FindingKind.UNKNOWN_OBJECT, "k", Optional.empty(), "unknown", FindingAction.REPORTED);
        for (int i = 0; i <= Run.KEPT_FINDINGS; i++) {
            run.found(finding);
        }
        assertThat(run.unsaved()).hasSize(Run.KEPT_FINDINGS);
        run.saved(10, BEGIN);
        assertThat(run.unsaved()).hasSize(Run.KEPT_FINDINGS - 10);
        assertThat(run.savedFindings()).isEqualTo(10);
        assertThat(run.counts().findings()).isEqualTo(Run.KEPT_FINDINGS + 1);
    }
}
