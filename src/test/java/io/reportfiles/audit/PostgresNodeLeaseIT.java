package io.reportfiles.audit;

import io.reportfiles.persistence.TestDatabase;

class PostgresNodeLeaseIT extends NodeLeaseContract {

    @Override
    TestDatabase create() {
        return TestDatabase.postgres();
    }
}
