package io.reportfiles.reportfile;

import io.reportfiles.persistence.ManyRows;

class H2ManyReportFilesTest extends ManyReportFilesContract {

    H2ManyReportFilesTest() {
        super(ManyRows.H2);
    }
}
