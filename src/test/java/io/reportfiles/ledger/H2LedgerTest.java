package io.reportfiles.ledger;

import io.reportfiles.persistence.TestDatabase;

class H2LedgerTest extends LedgerContract {

    @Override
    TestDatabase create() {
        return TestDatabase.h2();
    }
}
