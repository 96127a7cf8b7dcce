package io.reportfiles.persistence;

import jakarta.annotation.PreDestroy;
import jakarta.annotation.Resource;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.Initialized;
import jakarta.enterprise.event.Event;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.util.concurrent.Future;
import javax.sql.DataSource;

/**
 * Migrates the database when the application starts. While that fails, most likely because the database is away, the
 * application runs all the same, refuses what needs the database, and tries again until it succeeds.
 */
@ApplicationScoped
public class DatabaseStart {

    @Resource(name = "jdbc/reportfiles")
    private DataSource dataSource;

    @Inject
    private BackgroundThreads threads;

    @Inject
    private Event<DatabaseReady> migrated;

    private volatile boolean ready;
    private volatile Future<?> nextTry;

    /** Whether the schema is up to date and filled. Says nothing about whether the database answers at this moment. */
    public boolean isReady() {
        return ready;
    }

    void start(@Observes @Initialized(ApplicationScoped.class) Object event) {
        new MigrationAttempts(this::migrate, (pause, attempt) -> nextTry = threads.once(pause, attempt)).begin();
    }

    @PreDestroy
    void stop() {
        Future<?> waiting = nextTry;
        if (waiting != null) {
            waiting.cancel(false);
        }
    }

    private void migrate() {
        SchemaMigration.run(dataSource);
        migrated.fire(new DatabaseReady());
        ready = true;
    }
}
