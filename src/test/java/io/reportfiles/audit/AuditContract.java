package io.reportfiles.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.reportfiles.persistence.TestDatabase;
import io.reportfiles.web.PageRequest;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What {@link AuditLog} promises on every database. */
abstract class AuditContract {

    private static final Instant NOW = Instant.parse("2024-03-31T01:30:00.000001Z"); // in the hour that Europe skips
    private static final PageRequest FIRST = new PageRequest(1, 10);
    private static final AuditFilter ALL_EVENTS = new AuditFilter(
            Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());

    private TestDatabase database;
    private AuditLog audit;

    abstract TestDatabase create();

    @BeforeEach
    void start() {
        database = create();
        Clock clock = Clock.fixed(NOW, ZoneOffset.UTC);
        audit = new AuditLog(database.entities(), clock);
    }

    @AfterEach
    void stop() {
        database.close();
    }

    @Test
    void eventIsCommittedWithTheChangeOrNotAtAll() {
        database.transactions()
                .run(() -> audit.record(AuditAction.REGION_CREATED, "ann", "region", "N", "x".repeat(2000)));
        assertThatThrownBy(() -> database.transactions().run(() -> {
                    audit.record(AuditAction.REGION_CHANGED, "ann", "region", "N", "changed");
                    throw new IllegalStateException("the change failed");
                }))
                .isInstanceOf(IllegalStateException.class);
        assertThat(audit.list(ALL_EVENTS, FIRST).items()).singleElement().satisfies(entry -> {
            assertThat(entry.action()).isEqualTo(AuditAction.REGION_CREATED);
            assertThat(entry.occurredAt()).isEqualTo(NOW);
            assertThat(entry.detail()).hasSize(1000);
        });
    }

    @Test
    void eventsAreFiltered() {
        database.transactions().run(() -> audit.record(AuditAction.REGION_CREATED, "ann", "region", "N", "new"));
        AuditFilter matching = new AuditFilter(
                Optional.of(AuditAction.REGION_CREATED),
                Optional.of("ann"),
                Optional.of("region"),
                Optional.of("N"),
                Optional.of(NOW),
                Optional.of(NOW.plusSeconds(1)));
        assertThat(audit.list(matching, FIRST).total()).isEqualTo(1);
        AuditFilter other = new AuditFilter(
                Optional.empty(),
                Optional.of("bob"),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
        assertThat(audit.list(other, FIRST).total()).isZero();
    }
}
