package io.reportfiles.ledger.running;

import static org.assertj.core.api.Assertions.assertThat;

import io.reportfiles.access.Caller;
import io.reportfiles.access.Role;
import io.reportfiles.access.Scope;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class RunningTransfersTest {

    private static final UUID FILE = UUID.randomUUID();

    private static final Caller ANALYST =
            new Caller(new UUID(0, 1), "analyst", Set.of(Role.ANALYST), Optional.of("alpha"), Optional.empty());
    private static final Scope.OfOrganisation OWNER = new Scope.OfOrganisation("alpha", Optional.empty());

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
        return RunningTransfer.upload(FILE, ANALYST, OWNER, startedAt, Optional.empty(), () -> 0, reason -> {});
    }
}
