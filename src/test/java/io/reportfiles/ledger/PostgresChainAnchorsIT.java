package io.reportfiles.ledger;

import io.reportfiles.persistence.TestDatabase;

class PostgresChainAnchorsIT extends ChainAnchorsContract {

    @Override
    TestDatabase create() {
        return TestDatabase.postgres();
    }
}
