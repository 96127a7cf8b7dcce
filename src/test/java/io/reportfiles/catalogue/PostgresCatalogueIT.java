package io.reportfiles.catalogue;

import io.reportfiles.persistence.TestDatabase;

class PostgresCatalogueIT extends CatalogueContract {

    @Override
    TestDatabase create() {
        return TestDatabase.postgres();
    }
}
