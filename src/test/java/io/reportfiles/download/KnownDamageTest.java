package io.reportfiles.download;

import static org.assertj.core.api.Assertions.assertThat;

import io.reportfiles.ledger.IntegrityFinding;
import io.reportfiles.persistence.MovableClock;
import io.reportfiles.reportfile.ReportFileId;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class KnownDamageTest {

    private final MovableClock clock = new MovableClock(Instant.parse("2026-11-22T10:00:00Z"));
    private final KnownDamage damage = new KnownDamage(clock);
    private final ReportFileId file = new ReportFileId(UUID.randomUUID());

    private IntegrityFinding finding(boolean intact) {
        return new IntegrityFinding(file.value(), UUID.randomUUID(), intact);
    }

    @Test
    void fileIsKnownAtOnceAndForAsLongAsTheDatabaseIsAway() {
        assertThat(damage.has(file)).isFalse();
        damage.add(file);
        clock.advance(Duration.ofDays(100));
        assertThat(damage.has(file)).isTrue();
        assertThat(damage.has(new ReportFileId(UUID.randomUUID()))).isFalse();
    }

    @Test
    void rowOfTheFileTellsOnceItIsCommitted() {
        damage.add(file);
        damage.committed(finding(false));
        assertThat(damage.has(file)).as("for those who read the row before").isTrue();
        clock.advance(Duration.ofSeconds(11));
        assertThat(damage.has(file)).isFalse();
    }

    @Test
    void fileThatIsFoundIntactIsForgotten() {
        damage.add(file);
        damage.committed(finding(true));
        assertThat(damage.has(file)).isFalse();
    }

    @Test
    void anotherFindingCountsAnew() {
        damage.add(file);
        damage.committed(finding(false));
        damage.add(file);
        clock.advance(Duration.ofDays(1));
        assertThat(damage.has(file)).isTrue();
    }
}
