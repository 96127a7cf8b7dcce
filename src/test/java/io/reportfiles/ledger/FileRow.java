package io.reportfiles.ledger;

import io.reportfiles.access.Caller;
import io.reportfiles.persistence.TestDatabase;
import java.util.UUID;

/** A report file and its submitter in the database, with what their rows refer to. */
final class FileRow {

    private FileRow() {}

    static void insert(TestDatabase database, UUID id, Caller submitter) {
        database.execute("insert into organisation (code, name, type, row_version) values ('A', 'A', 'state', 1)");
        database.execute("insert into section (code, title, max_bytes, row_version) values ('S', 'S', 1, 1)");
        database.execute("insert into series values ('A', 2024, 1, 'S', 0, null, 1)");
        database.execute("""
                insert into account (id, name, display_name, state, created_at, row_version)
                values ('%1$s', '%2$s', '%2$s', 'ACTIVE', current_timestamp, 1)""".formatted(submitter.accountId(), submitter.name()));
        database.execute("""
                insert into report_file (id, organisation_code, fiscal_year, fiscal_quarter, section_code, state, filename,
                    filename_folded, content_type, object_key, submitter_id, submitted_by, reserved_at, submitted_at, lease_until,
                    cleanup_owed, row_version)
                values ('%s', 'A', 2024, 1, 'S', 'RECEIVING', 'f.csv', 'f.csv', 'text/csv', 'k', '%s', '%s', current_timestamp,
                    current_timestamp, current_timestamp, false, 1)""".formatted(id, submitter.accountId(), submitter.name()));
    }
}
