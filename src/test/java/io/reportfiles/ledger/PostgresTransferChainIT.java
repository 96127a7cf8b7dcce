package io.reportfiles.ledger;

import io.reportfiles.persistence.TestDatabase;

class PostgresTransferChainIT extends TransferChainContract {

    @Override
    TestDatabase create() {
        return TestDatabase.postgres();
    }
}
