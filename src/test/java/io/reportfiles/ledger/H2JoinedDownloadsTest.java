package io.reportfiles.ledger;

import io.reportfiles.persistence.TestDatabase;

class H2JoinedDownloadsTest extends JoinedDownloadsContract {

    @Override
    TestDatabase create() {
        return TestDatabase.h2();
    }
}
