package io.reportfiles.catalogue;

import io.reportfiles.persistence.TestDatabase;

class H2CatalogueTest extends CatalogueContract {

    @Override
    TestDatabase create() {
        return TestDatabase.h2();
    }
}
