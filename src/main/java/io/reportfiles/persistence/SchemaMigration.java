package io.reportfiles.persistence;

import javax.sql.DataSource;
import org.flywaydb.core.Flyway;

/** Brings the schema of a database up to this version of the application. */
final class SchemaMigration {

    private SchemaMigration() {}

    /** Flyway over the migrations of the application. Several nodes may migrate at once; all but one wait. */
    static Flyway flyway(DataSource dataSource) {
        return Flyway.configure(SchemaMigration.class.getClassLoader())
                .dataSource(dataSource)
                .locations("classpath:db/migration")
                .load();
    }
}
