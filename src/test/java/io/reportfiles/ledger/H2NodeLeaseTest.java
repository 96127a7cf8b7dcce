package io.reportfiles.ledger;

import io.reportfiles.persistence.TestDatabase;

class H2NodeLeaseTest extends NodeLeaseContract {

    @Override
    TestDatabase create() {
        return TestDatabase.h2();
    }
}
