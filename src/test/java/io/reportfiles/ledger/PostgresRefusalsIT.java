package io.reportfiles.ledger;

import io.reportfiles.persistence.TestDatabase;

class PostgresRefusalsIT extends RefusalsContract {

    @Override
    TestDatabase create() {
        return TestDatabase.postgres();
    }
}
