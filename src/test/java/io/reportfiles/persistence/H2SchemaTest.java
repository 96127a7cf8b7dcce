package io.reportfiles.persistence;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.Statement;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class H2SchemaTest extends SchemaContract {

    @Override
    TestDatabase create() {
        return TestDatabase.h2();
    }

    @Test
    void whatIsCommittedIsWrittenAtOnceWhateverTheAddressSays(@TempDir Path directory) throws Exception {
        JdbcDataSource file = new JdbcDataSource();
        file.setUrl("jdbc:h2:file:" + directory.resolve("reportfiles"));
        SchemaMigration.run(file);
        try (Connection reopened = DriverManager.getConnection(file.getUrl());
                Statement statement = reopened.createStatement();
                ResultSet delay = statement.executeQuery(
                        "select setting_value from information_schema.settings where setting_name = 'WRITE_DELAY'")) {
            assertThat(delay.next()).isTrue();
            assertThat(delay.getInt(1)).isZero();
        }
    }
}
