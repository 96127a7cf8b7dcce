package io.reportfiles.persistence;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.junit.jupiter.api.Test;

class MigrationAttemptsTest {

    private final List<Duration> pauses = new ArrayList<>();
    private final Deque<Runnable> waiting = new ArrayDeque<>();
    private int failures;
    private int successes;

    @Test
    void oneIsEnoughWhenTheDatabaseIsThere() {
        attempts().begin();
        assertThat(successes).isEqualTo(1);
        assertThat(waiting).isEmpty();
    }

    @Test
    void areRepeatedUntilTheDatabaseIsThere() {
        failures = 6;
        attempts().begin();
        while (!waiting.isEmpty()) {
            waiting.remove().run();
        }
        assertThat(successes).isEqualTo(1);
        assertThat(pauses).extracting(Duration::toSeconds).containsExactly(2L, 4L, 8L, 16L, 30L, 30L);
    }

    @Test
    void failureIsSaidInOneLineOfTheDatabase() {
        SQLException refused = new SQLException("Connection to 127.0.0.1:5432 refused.\n  Check that it runs");
        assertThat(SchemaMigration.sentence(new IllegalStateException("Unable to obtain connection\n---", refused)))
                .isEqualTo("Connection to 127.0.0.1:5432 refused. Check that it runs.");
        assertThat(SchemaMigration.sentence(new IllegalStateException())).isEqualTo("java.lang.IllegalStateException.");
    }

    private MigrationAttempts attempts() {
        return new MigrationAttempts(this::migrate, (pause, attempt) -> {
            pauses.add(pause);
            waiting.add(attempt);
        });
    }

    private void migrate() {
        if (failures-- > 0) {
            throw new IllegalStateException("the database is away");
        }
        successes++;
    }
}
