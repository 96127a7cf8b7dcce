package io.reportfiles.persistence;

class H2SchemaTest extends SchemaContract {

    @Override
    TestDatabase create() {
        return TestDatabase.h2();
    }
}
