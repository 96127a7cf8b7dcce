package io.reportfiles.persistence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the schema refuses on every database, and how it gets there. */
abstract class SchemaContract {

    private static final String FILE = """
            insert into report_file (id, organisation_code, fiscal_year, fiscal_quarter, section_code, version_number,
                state, filename, filename_folded, content_type, object_key, bucket, object_etag, size_bytes, sha256, crc32c, crc32,
                submitter_id, submitted_by, reserved_at, submitted_at, lease_until, cleanup_owed, row_version)
            values (%s, 'A', 2024, 1, 'S', %s, %s, 'f.csv', 'f.csv', 'text/csv', %s, 'b', 'e', %s, %s, 'AAAAAA==', '00000000',
                '11111111-1111-4111-8111-111111111111', 'ann', current_timestamp, current_timestamp,
                current_timestamp, false, 1)""";

    private TestDatabase database;

    abstract TestDatabase create();

    @BeforeEach
    void start() {
        database = create();
        database.execute("insert into organisation (code, name, type, row_version) values ('A', 'A', 'state', 1)");
        database.execute("insert into section (code, title, max_bytes, row_version) values ('S', 'S', 1, 1)");
        database.execute("insert into series values ('A', 2024, 1, 'S', 2, 2, 1)");
        database.execute("""
                insert into account (id, name, display_name, state, created_at, row_version)
                values ('11111111-1111-4111-8111-111111111111', 'ann', 'Ann', 'ACTIVE', current_timestamp, 1)""");
        database.execute(file("1", "1", "'AVAILABLE'", "'k1'", "0", "'digest'"));
    }

    @AfterEach
    void stop() {
        database.close();
    }

    @Test
    void nodesMayMigrateAtOnceAndAgain() throws Exception {
        database.execute("create schema other");
        List<Callable<Boolean>> nodes = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            nodes.add(() -> {
                SchemaMigration.run(database.dataSource());
                return true;
            });
        }
        ExecutorService threads = Executors.newFixedThreadPool(nodes.size());
        try {
            for (Future<Boolean> node : threads.invokeAll(nodes)) {
                assertThat(node.get()).isTrue();
            }
        } finally {
            threads.shutdown();
        }
    }

    @Test
    void keepsASecondVersion() {
        assertThatCode(() -> database.execute(file("2", "2", "'AVAILABLE'", "'k2'", "1", "'digest'")))
                .doesNotThrowAnyException();
    }

    @Test
    void refusesASecondFileOfTheSameVersion() {
        assertRefused(file("2", "1", "'AVAILABLE'", "'k2'", "1", "'digest'"), "report_file_version_unique");
    }

    @Test
    void refusesAKeyUsedTwice() {
        assertRefused(file("2", "2", "'AVAILABLE'", "'k1'", "1", "'digest'"), "report_file_object_key_unique");
    }

    @Test
    void refusesAPublishedFileWithoutDigestOrVersion() {
        assertRefused(file("2", "2", "'AVAILABLE'", "'k2'", "1", "null"), "report_file_published_whole");
        assertRefused(file("2", "null", "'WITHDRAWN'", "'k2'", "1", "'digest'"), "report_file_published_whole");
    }

    @Test
    void refusesANumberForAFileThatFailed() {
        assertRefused(file("2", "2", "'FAILED'", "'k2'", "1", "null"), "report_file_unpublished_unnumbered");
    }

    @Test
    void refusesUnknownStatesAndNegativeSizes() {
        assertRefused(file("2", "2", "'LOST'", "'k2'", "1", "'digest'"), "report_file_state_known");
        assertRefused(file("2", "2", "'AVAILABLE'", "'k2'", "-1", "'digest'"), "report_file_size_range");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "insert into series values ('A', 1989, 1, 'S', 0, null, 1)",
                "insert into series values ('A', 2024, 5, 'S', 0, null, 1)",
                "insert into series values ('A', 2024, 2, 'S', 1, 2, 1)",
                "insert into series values ('A', 2024, 2, 'UNKNOWN', 0, null, 1)",
                "insert into series values ('UNKNOWN', 2024, 2, 'S', 0, null, 1)",
                "insert into section (code, title, max_bytes, row_version) values ('T', 'T', 0, 1)",
                "insert into section_extension values ('S', 'CSV')",
                "update account set name = 'Ann'",
                "update account set state = 'LOCKED'",
                "update account set organisation_code = 'UNKNOWN'",
                "delete from organisation",
                "delete from account",
            })
    void refuses(String statement) {
        assertThatThrownBy(() -> database.execute(statement)).isInstanceOf(IllegalStateException.class);
    }

    private void assertRefused(String statement, String rule) {
        assertThatThrownBy(() -> database.execute(statement)).cause().message().containsIgnoringCase(rule);
    }

    private static String file(String id, String version, String state, String key, String size, String sha256) {
        return FILE.formatted("'00000000-0000-4000-8000-00000000000" + id + "'", version, state, key, size, sha256);
    }
}
