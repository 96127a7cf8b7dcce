package io.reportfiles.reportfile;

import io.reportfiles.persistence.TestDatabase;

class H2SubmissionsTest extends SubmissionsContract {

    @Override
    TestDatabase create() {
        return TestDatabase.h2();
    }
}
