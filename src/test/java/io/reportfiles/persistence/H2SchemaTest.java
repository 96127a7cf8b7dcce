package io.reportfiles.persistence;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
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

    /** What a kill leaves is the file as it is at that moment. */
    @Test
    void whatIsCommittedOnceAllConnectionsHaveBeenClosedIsWrittenAtOnce(@TempDir Path directory) throws Exception {
        String address = "jdbc:h2:file:" + directory.resolve("reportfiles");
        JdbcDataSource file = new JdbcDataSource();
        file.setUrl(address);
        SchemaMigration.run(file);
        try (Connection first = file.getConnection();
                Statement statement = first.createStatement()) {
            statement.execute("insert into region (code, name, row_version) values ('NORTH', 'The North', 1)");
        }
        try (Connection reopened = file.getConnection();
                Statement statement = reopened.createStatement()) {
            statement.execute("insert into region (code, name, row_version) values ('SOUTH', 'The South', 1)");
            Files.copy(directory.resolve("reportfiles.mv.db"), directory.resolve("killed.mv.db"));
            statement.execute("shutdown");
        }
        try (Connection killed = DriverManager.getConnection("jdbc:h2:file:" + directory.resolve("killed"));
                Statement statement = killed.createStatement()) {
            try (ResultSet regions = statement.executeQuery("select count(*) from region")) {
                assertThat(regions.next()).isTrue();
                assertThat(regions.getInt(1)).isEqualTo(2);
            }
            statement.execute("shutdown");
        }
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
