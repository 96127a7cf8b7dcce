package io.reportfiles.ledger;

import io.reportfiles.persistence.TestDatabase;

class H2TransferChainTest extends TransferChainContract {

    @Override
    TestDatabase create() {
        return TestDatabase.h2();
    }
}
