package io.reportfiles.persistence;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
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
    void whatIsCommittedIsWrittenAtOnce(@TempDir Path directory) throws Exception {
        assertThat(writeDelayOnceMigrated("jdbc:h2:file:" + directory.resolve("reportfiles")))
                .isZero();
    }

    /** Nobody can help that from within, so operators are told. */
    @Test
    void anAddressThatSaysOtherwiseIsFollowed(@TempDir Path directory) throws Exception {
        assertThat(writeDelayOnceMigrated("jdbc:h2:file:" + directory.resolve("reportfiles") + ";WRITE_DELAY=500"))
                .isEqualTo(500);
    }

    private static int writeDelayOnceMigrated(String address) throws SQLException {
        JdbcDataSource file = new JdbcDataSource();
        file.setUrl(address);
        SchemaMigration.run(file);
        try (Connection reopened = DriverManager.getConnection(address);
                Statement statement = reopened.createStatement();
                ResultSet delay = statement.executeQuery(
                        "select setting_value from information_schema.settings where setting_name = 'WRITE_DELAY'")) {
            assertThat(delay.next()).isTrue();
            return delay.getInt(1);
        }
    }
}
