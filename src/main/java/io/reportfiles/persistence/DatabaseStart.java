package io.reportfiles.persistence;

import jakarta.annotation.PreDestroy;
import jakarta.annotation.Resource;
import jakarta.enterprise.concurrent.ManagedScheduledExecutorService;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.Initialized;
import jakarta.enterprise.event.Event;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;

/**
 * Migrates the database when the application starts. While that fails, most likely because the database is away, the
 * application runs all the same, refuses what needs the database, and tries again until it succeeds.
 */
@ApplicationScoped
public class DatabaseStart {

    private static final Logger LOG = System.getLogger(DatabaseStart.class.getName());

    private static final Duration FIRST_PAUSE = Duration.ofSeconds(2);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);

    @Resource(name = "jdbc/reportfiles")
    private DataSource dataSource;

    @Resource
    private ManagedScheduledExecutorService executor;

    @Inject
    private Event<DatabaseReady> migrated;

    private volatile boolean ready;
    private volatile Future<?> nextTry;

    /** Whether the schema is up to date and filled. Says nothing about whether the database answers at this moment. */
    public boolean isReady() {
        return ready;
    }

    void start(@Observes @Initialized(ApplicationScoped.class) Object event) {
        migrate(FIRST_PAUSE);
    }

    @PreDestroy
    void stop() {
        Future<?> waiting = nextTry;
        if (waiting != null) {
            waiting.cancel(false);
        }
    }

    private void migrate(Duration pause) {
        try {
            SchemaMigration.run(dataSource);
            migrated.fire(new DatabaseReady());
            ready = true;
        } catch (RuntimeException e) { // whatever it is, the operator can put it right while we run
            LOG.log(
                    Level.ERROR,
                    "The database could not be brought up to date: %s Requests that need it are refused; next try in %d s."
                            .formatted(SchemaMigration.sentence(e), pause.toSeconds()));
            LOG.log(Level.DEBUG, "Why the migration failed", e);
            Duration next = pause.multipliedBy(2).compareTo(LONGEST_PAUSE) < 0 ? pause.multipliedBy(2) : LONGEST_PAUSE;
            nextTry = executor.schedule(() -> migrate(next), pause.toMillis(), TimeUnit.MILLISECONDS);
        }
    }
}
