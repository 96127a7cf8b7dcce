package io.reportfiles.persistence;

class PostgresSchemaIT extends SchemaContract {

    @Override
    TestDatabase create() {
        return TestDatabase.postgres();
    }
}
