package io.reportfiles.account;

import io.reportfiles.persistence.TestDatabase;

class H2AccountsTest extends AccountsContract {

    @Override
    protected TestDatabase database() {
        return TestDatabase.h2();
    }
}
