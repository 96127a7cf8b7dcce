package io.reportfiles.signin;

import io.reportfiles.persistence.TestDatabase;

class PostgresAccountsIT extends AccountsContract {

    @Override
    protected TestDatabase database() {
        return TestDatabase.postgres();
    }
}
