package io.reportfiles.signin;

import io.reportfiles.persistence.TestDatabase;

class H2DirectoryPeopleTest extends DirectoryPeopleContract {

    @Override
    protected TestDatabase database() {
        return TestDatabase.h2();
    }
}
