package io.reportfiles.ledger;

import io.reportfiles.persistence.TestDatabase;

class PostgresLedgerIT extends LedgerContract {

    @Override
    TestDatabase create() {
        return TestDatabase.postgres();
    }
}
