package io.reportfiles.ledger;

import io.reportfiles.persistence.TestDatabase;

class H2RefusalsTest extends RefusalsContract {

    @Override
    TestDatabase create() {
        return TestDatabase.h2();
    }
}
