package io.reportfiles.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.reportfiles.ledger.TransferEnd.Finding;
import io.reportfiles.persistence.CommitFailedException;
import java.sql.SQLTransientConnectionException;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class TransferEndsTest {

    private final List<TransferEnd> written = new ArrayList<>();
    private final TransferEnd poison = end();
    private boolean away;
    private boolean unheard;

    private final TransferEnds ends = new TransferEnds(this::write, 3, Clock.systemUTC());

    @Test
    void areWrittenTogetherInTheirOrder() {
        TransferEnd first = end();
        TransferEnd second = end();
        ends.add(first);
        ends.add(second);
        assertThat(written).isEmpty();
        ends.write();
        ends.write();
        assertThat(written).containsExactly(first, second);
    }

    @Test
    void waitForADatabaseThatIsAway() {
        TransferEnd end = end();
        ends.add(end);
        away = true;
        assertThatThrownBy(ends::write).rootCause().isInstanceOf(SQLTransientConnectionException.class);
        away = false;
        ends.write();
        assertThat(written).containsExactly(end);
    }

    @Test
    void areWrittenAgainIfNobodyKnowsWhetherTheyWere() {
        TransferEnd end = end();
        ends.add(end);
        unheard = true;
        assertThatThrownBy(ends::write).isInstanceOf(CommitFailedException.class);
        unheard = false;
        ends.write();
        assertThat(written).containsExactly(end, end);
    }

    @Test
    void haveABound() {
        List<TransferEnd> all = List.of(end(), end(), end(), end());
        all.forEach(ends::add);
        ends.write();
        assertThat(written).containsExactlyElementsOf(all.subList(0, 3));
    }

    @Test
    void oneThatCanNotBeWrittenIsGivenUpAlone() {
        TransferEnd good = end();
        ends.add(poison);
        ends.add(good);
        ends.write();
        ends.write();
        assertThat(written).containsExactly(good);
    }

    private void write(List<TransferEnd> group) {
        if (away) {
            throw new IllegalStateException(new SQLTransientConnectionException("away"));
        }
        if (group.contains(poison)) {
            throw new IllegalStateException("poison");
        }
        written.addAll(group);
        if (unheard) {
            throw new CommitFailedException(new IllegalStateException("the answer was lost"));
        }
    }

    private static TransferEnd end() {
        return new TransferEnd(UUID.randomUUID(), TransferOutcome.COMPLETE, 1, Instant.EPOCH, Finding.NONE);
    }
}
