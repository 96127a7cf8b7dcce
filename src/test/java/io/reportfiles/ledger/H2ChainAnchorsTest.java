package io.reportfiles.ledger;

import io.reportfiles.persistence.TestDatabase;

class H2ChainAnchorsTest extends ChainAnchorsContract {

    @Override
    TestDatabase create() {
        return TestDatabase.h2();
    }
}
