package io.reportfiles.ledger;

import io.reportfiles.persistence.TestDatabase;

class PostgresForgottenTransfersIT extends ForgottenTransfersContract {

    @Override
    TestDatabase create() {
        return TestDatabase.postgres();
    }
}
