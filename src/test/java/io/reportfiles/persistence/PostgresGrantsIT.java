package io.reportfiles.persistence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the grants of {@code server-config/postgresql} allow the application's role, and what they do not. */
class PostgresGrantsIT {

    private static final Path GRANTS = Path.of("server-config/postgresql/grants.sql");

    private static TestDatabase database;

    @BeforeAll
    static void grant() throws IOException {
        database = TestDatabase.postgres();
        database.execute("create role reportfiles_app");
        database.execute("alter schema public rename to reportfiles");
        database.execute("revoke all on schema reportfiles from public");
        database.execute("grant usage on schema reportfiles to reportfiles_app");
        database.execute("set search_path = reportfiles; " + Files.readString(GRANTS));
    }

    @AfterAll
    static void stop() {
        database.execute("drop owned by reportfiles_app");
        database.execute("drop role reportfiles_app");
        database.close();
    }

    @Test
    void coverEachTable() throws SQLException {
        List<String> tables = new ArrayList<>();
        try (Connection connection = database.dataSource().getConnection();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("""
                        select c.relname from pg_class c join pg_namespace n on n.oid = c.relnamespace
                        where n.nspname = 'reportfiles' and c.relkind = 'r'
                        and not has_table_privilege('reportfiles_app', c.oid, 'select')""")) {
            while (rows.next()) {
                tables.add(rows.getString(1));
            }
        }
        assertThat(tables).as("tables without a grant in " + GRANTS).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "update audit_event set detail = ''",
                "delete from audit_event",
                "update audit_seal set hash = ''",
                "delete from audit_seal",
                "truncate audit_event cascade",
                "delete from transfer",
                "update transfer_seal set hash = ''",
                "delete from transfer_seal",
                "truncate transfer",
                "update transfer set account_name = 'bob'",
                "update transfer set started_at = current_timestamp",
                "update transfer set remote_address = ''",
                "delete from report_file",
                "delete from account",
                "update flyway_schema_history set success = false",
                "drop table audit_event",
                "alter table transfer add column x integer",
                "create table x (y integer)",
            })
    void forbid(String sql) {
        assertThatThrownBy(() -> asTheApplication(sql))
                .cause()
                .message()
                .containsAnyOf("permission denied", "must be owner");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "update transfer set outcome = 'COMPLETE', bytes_sent = 1, ended_at = current_timestamp",
                "update report_file set damaged_at = current_timestamp",
                "update node set lease_until = current_timestamp",
                "delete from node",
                "delete from account_role",
                "select * from audit_event, audit_seal, transfer, flyway_schema_history",
                "insert into audit_event values (gen_random_uuid(), current_timestamp, 'X', 'x', 'x', 'x', 'x')",
            })
    void allow(String sql) {
        assertThatCode(() -> asTheApplication(sql)).doesNotThrowAnyException();
    }

    @Test
    void letATransferEndOnce() {
        asTheApplication("""
                insert into transfer (id, node_id, remote_address, user_agent, method, started_at, outcome, bytes_sent)
                values ('0b5f0c61-3c1f-4d63-a4f0-0ff1f2d8c001', gen_random_uuid(), '', '', 'GET', current_timestamp,
                    'STARTED', 0)""");
        String end = "update transfer set outcome = '%s', ended_at = current_timestamp where id ="
                + " '0b5f0c61-3c1f-4d63-a4f0-0ff1f2d8c001'";
        asTheApplication(end.formatted("INTERRUPTED"));
        asTheApplication(end.formatted("COMPLETE"));
        assertThatThrownBy(() -> asTheApplication(end.formatted("CLIENT_GONE")))
                .cause()
                .hasMessageContaining("A transfer that has ended does not change.");
        database.execute("set search_path = reportfiles; delete from transfer");
    }

    private static void asTheApplication(String sql) {
        database.execute("set role reportfiles_app; set search_path = reportfiles; " + sql);
    }
}
