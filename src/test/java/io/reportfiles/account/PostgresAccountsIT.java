package io.reportfiles.account;

import io.reportfiles.persistence.TestDatabase;

class PostgresAccountsIT extends AccountsContract {

    @Override
    protected TestDatabase database() {
        return TestDatabase.postgres();
    }
}
