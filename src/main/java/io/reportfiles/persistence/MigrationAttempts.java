package io.reportfiles.persistence;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.function.BiConsumer;

/** Tries to migrate until it succeeds, with pauses that grow; an operator can put right what is wrong meanwhile. */
final class MigrationAttempts {

    static final Duration FIRST_PAUSE = Duration.ofSeconds(2);
    static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);

    private static final Logger LOG = System.getLogger(MigrationAttempts.class.getName());

    private final Runnable migration;
    private final BiConsumer<Duration, Runnable> later;

    /**
     * Attempts of one start.
     *
     * @param migration throws when it fails, and can then be repeated
     * @param later runs something after a while, in another thread
     */
    MigrationAttempts(Runnable migration, BiConsumer<Duration, Runnable> later) {
        this.migration = migration;
        this.later = later;
    }

    /** Makes the first attempt in this thread. Does not fail. */
    void begin() {
        attempt(FIRST_PAUSE);
    }

    private void attempt(Duration pause) {
        try {
            migration.run();
        } catch (RuntimeException e) { // whatever it is: nodes do not stop because their database is not right
            LOG.log(
                    Level.ERROR,
                    "The database could not be brought up to date: %s What needs it is refused; next try in %d s."
                            .formatted(SchemaMigration.sentence(e), pause.toSeconds()));
            LOG.log(Level.DEBUG, "Why the database could not be brought up to date", e);
            Duration twice = pause.multipliedBy(2);
            Duration next = twice.compareTo(LONGEST_PAUSE) < 0 ? twice : LONGEST_PAUSE;
            later.accept(pause, () -> attempt(next));
        }
    }
}
