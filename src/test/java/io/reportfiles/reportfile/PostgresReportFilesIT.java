package io.reportfiles.reportfile;

import io.reportfiles.persistence.TestDatabase;

class PostgresReportFilesIT extends ReportFilesContract {

    @Override
    TestDatabase create() {
        return TestDatabase.postgres();
    }
}
