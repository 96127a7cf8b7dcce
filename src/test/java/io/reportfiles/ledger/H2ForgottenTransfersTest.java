package io.reportfiles.ledger;

import io.reportfiles.persistence.TestDatabase;

class H2ForgottenTransfersTest extends ForgottenTransfersContract {

    @Override
    TestDatabase create() {
        return TestDatabase.h2();
    }
}
