package io.reportfiles.signin;

import io.reportfiles.persistence.TestDatabase;

class H2AccountsTest extends AccountsContract {

    @Override
    protected TestDatabase database() {
        return TestDatabase.h2();
    }
}
