package io.reportfiles.ledger;

import io.reportfiles.persistence.TestDatabase;

class PostgresJoinedDownloadsIT extends JoinedDownloadsContract {

    @Override
    TestDatabase create() {
        return TestDatabase.postgres();
    }
}
