package io.reportfiles.operations;

import io.reportfiles.ledger.TransferLedger;
import io.reportfiles.storage.ObjectStore;
import io.reportfiles.storage.StoreHealth;
import jakarta.annotation.PostConstruct;
import jakarta.annotation.Resource;
import jakarta.enterprise.concurrent.ManagedExecutorService;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** Whether this node can serve: its database is there with the schema it needs, and so is the object store. */
@ApplicationScoped
class Readiness {

    private static final Duration PATIENCE = Duration.ofSeconds(3);
    private static final Duration FRESHNESS = Duration.ofSeconds(2);

    // Flyway's own table, in the spelling that it gives it on every database.
    private static final String SCHEMA_VERSION =
            "select \"version\" from \"flyway_schema_history\" where \"success\" = true"
                    + " order by \"installed_rank\" desc fetch first 1 rows only";

    @Inject
    private EntityManager entities;

    @Inject
    private ObjectStore store;

    @Inject
    private TransferLedger ledger;

    @Inject
    private Clock clock;

    @Resource
    private ManagedExecutorService executor;

    private List<TimedCheck> checks = List.of();

    @PostConstruct
    void prepare() {
        checks = List.of(
                new TimedCheck("database", this::database, executor, clock, PATIENCE, FRESHNESS),
                new TimedCheck("ledger", this::ledger, executor, clock, PATIENCE, FRESHNESS),
                new TimedCheck("storage", this::storage, executor, clock, PATIENCE, FRESHNESS));
    }

    List<TimedCheck> checks() {
        return checks;
    }

    private CheckResult database() {
        List<?> versions = entities.createNativeQuery(SCHEMA_VERSION).getResultList();
        return versions.isEmpty()
                ? CheckResult.down("NO_SCHEMA", "the database answers, but its schema was never migrated")
                : new CheckResult(true, Map.of("schema", versions.get(0).toString()), "the database answers");
    }

    /** A database that answers may be read-only or full, and every download waits for its row. */
    private CheckResult ledger() {
        ledger.requireWritable();
        return new CheckResult(true, Map.of(), "the database takes writes");
    }

    private CheckResult storage() {
        StoreHealth health = store.check();
        return new CheckResult(health.isUsable(), Map.of("state", health.state().name()), health.summary());
    }
}
