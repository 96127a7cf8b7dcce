package io.reportfiles.reconcile;

import io.reportfiles.persistence.TestDatabase;

class PostgresReconcilerIT extends ReconcilerContract {

    @Override
    TestDatabase create() {
        return TestDatabase.postgres();
    }
}
