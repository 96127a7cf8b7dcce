package io.reportfiles.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.reportfiles.chain.ChainVerification;
import io.reportfiles.chain.MemoryBucket;
import io.reportfiles.chain.NotedSeal;
import io.reportfiles.persistence.TestDatabase;
import io.reportfiles.web.PageRequest;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

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

    @Nested
    class TheChain {

        private AuditChain chain;

        @BeforeEach
        void record() {
            chain = new AuditChain(
                    database.entities(),
                    database.transactions(),
                    Clock.fixed(NOW, ZoneOffset.UTC),
                    new MemoryBucket().anchors());
            for (int i = 0; i < 3; i++) {
                event();
            }
        }

        @Test
        void isIntactAsLongAsNothingIsTouched() {
            chain.seal();
            event();
            ChainVerification verification = chain.verify(Optional.empty());
            assertThat(verification)
                    .isEqualTo(new ChainVerification(true, 4, verification.hash(), 0, false, Optional.empty()));
            event();
            assertThat(chain.verify(Optional.of(new NotedSeal(4, verification.hash())))
                            .intact())
                    .isTrue();
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "update audit_event set actor = 'bob' where id = (select event_id from audit_seal where number = 2)",
                    "update audit_event set detail = '' where id = (select event_id from audit_seal where number = 2)",
                    "update audit_event set occurred_at = occurred_at - interval '1' day"
                            + " where id = (select event_id from audit_seal where number = 2)",
                    "update audit_seal set hash = 'x' where number = 2",
                    "delete from audit_seal where number = 2",
                })
        void showsAChange(String sql) {
            chain.seal();
            database.execute(sql);
            ChainVerification verification = chain.verify(Optional.empty());
            assertThat(verification.intact()).isFalse();
            assertThat(verification.number()).isEqualTo(1);
            assertThat(verification.fault())
                    .hasValueSatisfying(fault -> assertThat(fault).contains("umber 2"));
        }

        @Test
        void isNotBrokenByANodeWhoseClockIsAhead() {
            AuditLog ahead =
                    new AuditLog(database.entities(), Clock.fixed(NOW.plus(Duration.ofDays(2)), ZoneOffset.UTC));
            database.transactions().run(() -> ahead.record(AuditAction.REGION_CREATED, "bob", "region", "N", "new"));
            new AuditChain(
                            database.entities(),
                            database.transactions(),
                            Clock.fixed(NOW.plus(Duration.ofDays(2)), ZoneOffset.UTC),
                            new MemoryBucket().anchors())
                    .seal();
            event();
            assertThat(chain.verify(Optional.empty()))
                    .satisfies(found -> assertThat(found.intact()).isTrue())
                    .satisfies(found -> assertThat(found.number()).isEqualTo(5))
                    .satisfies(found -> assertThat(found.unsealed()).isZero());
        }

        @Test
        void showsAnEventThatWasPutInBehindIt() {
            chain.seal();
            AuditLog before =
                    new AuditLog(database.entities(), Clock.fixed(NOW.minus(Duration.ofHours(2)), ZoneOffset.UTC));
            database.transactions().run(() -> before.record(AuditAction.REGION_CREATED, "bob", "region", "N", "new"));
            ChainVerification verification = chain.verify(Optional.empty());
            assertThat(verification.unsealed()).isEqualTo(1);
            assertThat(verification.fault())
                    .contains(
                            "1 events are in no link, although they are old: they were put in late, or by a node whose clock is wrong.");
        }

        @Test
        void thatWasCutIsBelievedByWhoHasNotedWhatIsLeft() {
            chain.seal();
            event();
            NotedSeal last = noted(chain.verify(Optional.empty()));
            AuditSeal first = seal(1);
            NotedSeal second = new NotedSeal(2, seal(2).hash());
            database.execute("delete from audit_seal where number = 1");
            database.execute("delete from audit_event where id = '%s'".formatted(first.event()));
            assertThat(chain.verify(Optional.of(second)))
                    .isEqualTo(new ChainVerification(true, 4, last.hash(), 0, false, Optional.empty()));
            assertThat(chain.verify(Optional.of(last)).intact()).isTrue();
            assertThat(audit.list(ALL_EVENTS, FIRST).total()).isEqualTo(3);
            assertThat(chain.verify(Optional.empty()).fault())
                    .hasValueSatisfying(fault -> assertThat(fault).startsWith("The chain begins at number 2:"));
            assertThat(chain.verify(Optional.of(new NotedSeal(2, "0".repeat(64))))
                            .fault())
                    .contains("Number 2 has not the hash that was noted.");
            database.execute("update audit_event set actor = 'bob'"
                    + " where id = (select event_id from audit_seal where number = 3)");
            assertThat(chain.verify(Optional.of(last)).intact()).isFalse();
        }

        private static NotedSeal noted(ChainVerification verification) {
            return new NotedSeal(verification.number(), verification.hash());
        }

        private AuditSeal seal(long number) {
            return database.entities().find(AuditSeal.class, number);
        }

        @Test
        void showsAnEventTakenOutOfTheMiddle() {
            chain.seal();
            database.execute("alter table audit_seal drop constraint audit_seal_event_fk");
            database.execute("delete from audit_event where id = (select event_id from audit_seal where number = 2)");
            assertThat(chain.verify(Optional.empty()).fault())
                    .hasValueSatisfying(fault -> assertThat(fault).startsWith("The event of number 2 is missing"));
        }

        @Test
        void showsAnEndThatIsCutOffOrWrittenAnewToWhoHasNotedIt() {
            ChainVerification noted = chain.verify(Optional.empty());
            NotedSeal seal = new NotedSeal(noted.number(), noted.hash());
            database.execute("delete from audit_seal");
            database.execute("delete from audit_event");
            assertThat(chain.verify(Optional.of(seal)).intact()).isFalse();
            for (int i = 0; i < 5; i++) {
                event();
            }
            assertThat(chain.verify(Optional.empty()).intact()).isTrue();
            assertThat(chain.verify(Optional.of(seal)).fault()).contains("Number 3 has not the hash that was noted.");
        }

        private void event() {
            database.transactions().run(() -> audit.record(AuditAction.REGION_CREATED, "ann", "region", "N", "new"));
        }
    }
}
