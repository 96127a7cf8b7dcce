package io.reportfiles.reportfile;

import io.reportfiles.persistence.TestDatabase;

class PostgresSubmissionsIT extends SubmissionsContract {

    @Override
    TestDatabase create() {
        return TestDatabase.postgres();
    }
}
