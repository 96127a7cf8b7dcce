package io.reportfiles.download.engine;

import static io.reportfiles.download.engine.ReaderPolicy.LEAST_BYTES;
import static org.assertj.core.api.Assertions.assertThat;

import io.reportfiles.download.engine.BufferBudget.Claim;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class BufferShareTest {

    private static final int WRITE = 64 << 10;
    private static final Duration AT_ONCE = Duration.ofMillis(1);
    private static final Duration LONG = Duration.ofSeconds(5);

    private final BufferBudget budget = new BufferBudget(4 << 20);

    @Test
    void aFastReaderGetsLargeWritesAndAQueue() {
        BufferShare share = begin();
        for (int i = 0; i < 10; i++) {
            share.adapt(AT_ONCE);
        }
        assertThat(share.writeBytes()).isEqualTo(WRITE);
        assertThat(share.queueBytes()).isEqualTo(4 * WRITE + 1);
        assertThat(budget.reserved()).isEqualTo(5 * WRITE);
        share.close();
        assertThat(budget.reserved()).isZero();
    }

    @Test
    void aSlowReaderKeepsTheLeastOnceItsQueueIsEmpty() {
        BufferShare share = begin();
        share.adapt(AT_ONCE);
        share.adapt(LONG);
        assertThat(share.writeBytes()).isEqualTo(LEAST_BYTES);
        assertThat(share.queueBytes())
                .as("nothing may be queued when it writes")
                .isEqualTo(1);
        share.noteQueued(30_000);
        assertThat(budget.reserved()).isEqualTo(LEAST_BYTES + 30_000);
        share.noteQueued(0);
        assertThat(budget.reserved()).isEqualTo(LEAST_BYTES);
        share.close();
        assertThat(budget.reserved()).isZero();
    }

    @Test
    void aReaderInBetweenStaysAsItIs() {
        BufferShare share = begin();
        share.adapt(Duration.ofMillis(200));
        assertThat(share.writeBytes()).isEqualTo(WRITE);
        assertThat(share.queueBytes()).isEqualTo(1);
    }

    @Test
    void aCrowdOfUnknownReadersGetsTheLeast() {
        List<BufferShare> crowd = new ArrayList<>();
        while (budget.tryReserve(LEAST_BYTES, Claim.NEED)) {
            crowd.add(BufferShare.begin(budget, WRITE));
        }
        assertThat(crowd).hasSizeGreaterThan((3 << 20) / LEAST_BYTES);
        assertThat(crowd.get(0).writeBytes()).isEqualTo(WRITE);
        BufferShare last = crowd.get(crowd.size() - 1);
        assertThat(last.writeBytes()).isEqualTo(LEAST_BYTES);
        last.grow();
        assertThat(last.writeBytes()).as("nothing is left for the fast").isEqualTo(LEAST_BYTES);
        crowd.forEach(BufferShare::close);
        assertThat(budget.reserved()).isZero();
    }

    private BufferShare begin() {
        assertThat(budget.tryReserve(LEAST_BYTES, Claim.NEED)).isTrue();
        return BufferShare.begin(budget, WRITE);
    }
}
