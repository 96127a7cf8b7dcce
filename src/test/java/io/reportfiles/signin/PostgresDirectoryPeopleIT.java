package io.reportfiles.signin;

import io.reportfiles.persistence.TestDatabase;

class PostgresDirectoryPeopleIT extends DirectoryPeopleContract {

    @Override
    protected TestDatabase database() {
        return TestDatabase.postgres();
    }
}
