package io.reportfiles.audit;

import io.reportfiles.persistence.TestDatabase;

class PostgresAuditIT extends AuditContract {

    @Override
    TestDatabase create() {
        return TestDatabase.postgres();
    }
}
