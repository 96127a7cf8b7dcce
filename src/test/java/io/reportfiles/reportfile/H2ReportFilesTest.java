package io.reportfiles.reportfile;

import io.reportfiles.persistence.TestDatabase;

class H2ReportFilesTest extends ReportFilesContract {

    @Override
    TestDatabase create() {
        return TestDatabase.h2();
    }
}
