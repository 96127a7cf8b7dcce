package io.reportfiles.persistence;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.output.MigrateResult;

/** Brings the schema of a database up to this version of the application. */
final class SchemaMigration {

    private static final Logger LOG = System.getLogger(SchemaMigration.class.getName());

    private SchemaMigration() {}

    /**
     * Migrates. Several nodes may do so at once: one works, the others wait and find it done. A schema newer than this
     * version of the application is left as it is, so that nodes can be brought up to date one by one.
     *
     * @throws FlywayException if the database is away, or its schema is not one of ours
     */
    static void run(DataSource dataSource) {
        MigrateResult result = Flyway.configure(SchemaMigration.class.getClassLoader())
                .dataSource(dataSource)
                .locations("classpath:db/migration")
                .validateMigrationNaming(true)
                .load()
                .migrate();
        LOG.log(
                Level.INFO,
                "The database is up to date: schema version {0}, {1} migrations applied now.",
                result.targetSchemaVersion == null ? result.initialSchemaVersion : result.targetSchemaVersion,
                result.migrationsExecuted);
        commitDurably(dataSource);
    }

    /**
     * H2 writes down half a second later what it has committed, and a process that is killed meanwhile has forgotten what
     * it acknowledged. It forgets that setting when the last connection closes, so it is told to keep the database open
     * until the process ends. Only an address that names WRITE_DELAY sets its own anew, with every connection.
     */
    private static void commitDurably(DataSource dataSource) {
        try (Connection connection = dataSource.getConnection();
                Statement statement = connection.createStatement()) {
            if (connection.getMetaData().getDatabaseProductName().equals("H2")) {
                statement.execute("set db_close_delay -1");
                statement.execute("set write_delay 0");
            }
        } catch (SQLException e) {
            throw new FlywayException("The database can't be told to write at once", e);
        }
    }

    /** What an operator needs to know of a failure, in one line: the database's own words where it has some. */
    static String sentence(Throwable failure) {
        Throwable cause = failure;
        while (cause.getCause() != null && !(cause instanceof SQLException)) {
            cause = cause.getCause();
        }
        String message = cause.getMessage() == null ? cause.toString() : cause.getMessage();
        return message.lines()
                .map(String::strip)
                .filter(line -> !line.isEmpty())
                .collect(Collectors.joining(" "))
                .replaceAll("[^.]$", "$0.");
    }
}
