package io.reportfiles.reportfile;

import io.reportfiles.persistence.ManyRows;

class PostgresManyReportFilesIT extends ManyReportFilesContract {

    PostgresManyReportFilesIT() {
        super(ManyRows.POSTGRES);
    }
}
