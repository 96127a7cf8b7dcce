package io.reportfiles.ledger;

import io.reportfiles.persistence.TestDatabase;

class PostgresNodeLeaseIT extends NodeLeaseContract {

    @Override
    TestDatabase create() {
        return TestDatabase.postgres();
    }
}
