package io.reportfiles.audit;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class RunningTransfersTest {

    private static final UUID FILE = UUID.randomUUID();

    private final RunningTransfers running = new RunningTransfers();

    @Test
    void requestThatTookAnUploadOverStaysWhenTheOneBeforeLeaves() {
        RunningTransfer before = upload(Instant.EPOCH);
        RunningTransfer after = upload(Instant.EPOCH.plusSeconds(60));
        running.enter(before);
        running.enter(after);
        running.leave(before);
        assertThat(running.find(FILE)).containsSame(after);
        running.leave(after);
        assertThat(running.find(FILE)).isEmpty();
    }

    private static RunningTransfer upload(Instant startedAt) {
        return RunningTransfer.upload(FILE, "analyst", startedAt, Optional.empty(), () -> 0, reason -> {});
    }
}
