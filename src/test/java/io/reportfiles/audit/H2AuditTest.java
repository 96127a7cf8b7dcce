package io.reportfiles.audit;

import io.reportfiles.persistence.TestDatabase;

class H2AuditTest extends AuditContract {

    @Override
    TestDatabase create() {
        return TestDatabase.h2();
    }
}
