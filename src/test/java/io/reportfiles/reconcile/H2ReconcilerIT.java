package io.reportfiles.reconcile;

import io.reportfiles.persistence.TestDatabase;

class H2ReconcilerIT extends ReconcilerContract {

    @Override
    TestDatabase create() {
        return TestDatabase.h2();
    }
}
