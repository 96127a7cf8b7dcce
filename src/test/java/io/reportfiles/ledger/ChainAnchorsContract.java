package io.reportfiles.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.reportfiles.audit.AuditAction;
import io.reportfiles.audit.AuditChain;
import io.reportfiles.audit.AuditLog;
import io.reportfiles.chain.ChainAnchors;
import io.reportfiles.chain.ChainVerification;
import io.reportfiles.chain.MemoryBucket;
import io.reportfiles.chain.NotedSeal;
import io.reportfiles.persistence.TestDatabase;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What the owner of the database does to the chains, and that anchors in the bucket show it without anybody's note. */
abstract class ChainAnchorsContract {

    private final MemoryBucket bucket = new MemoryBucket();
    private LedgerScene scene;
    private TestDatabase database;
    private AuditLog audit;
    private AuditChain auditChain;
    private TransferChain transferChain;

    abstract TestDatabase create();

    @BeforeEach
    void start() {
        scene = new LedgerScene(create());
        database = scene.database();
        audit = new AuditLog(database.entities(), scene.clock());
        beginNode();
    }

    /** Another node, or the same after it was started again: it remembers nothing. */
    private void beginNode() {
        ChainAnchors anchors = bucket.anchors();
        auditChain = new AuditChain(database.entities(), database.transactions(), scene.clock(), anchors);
        transferChain = new TransferChain(database.entities(), database.transactions(), scene.clock(), anchors);
    }

    @AfterEach
    void stop() {
        scene.close();
    }

    private enum Kind {
        AUDIT("audit_seal", "audit_event", "event_id"),
        LEDGER("transfer_seal", "transfer", "transfer_id");

        private final String seals;
        private final String rows;
        private final String row;

        Kind(String seals, String rows, String row) {
            this.seals = seals;
            this.rows = rows;
            this.row = row;
        }
    }

    private void grow(Kind kind, int rows) {
        for (int i = 0; i < rows; i++) {
            if (kind == Kind.AUDIT) {
                database.transactions()
                        .run(() -> audit.record(AuditAction.REGION_CREATED, "ann", "region", "N", "new"));
            } else {
                scene.ledger().record(LedgerScene.TRANSFER, TransferOutcome.REFUSED, 404);
            }
        }
        if (kind == Kind.AUDIT) {
            auditChain.seal();
        } else {
            scene.chain().seal();
        }
    }

    private void anchor(Kind kind) {
        if (kind == Kind.AUDIT) {
            auditChain.anchor();
        } else {
            transferChain.anchor();
        }
    }

    private ChainVerification verify(Kind kind) {
        return verify(kind, Optional.empty());
    }

    private ChainVerification verify(Kind kind, Optional<NotedSeal> noted) {
        return kind == Kind.AUDIT ? auditChain.verify(noted) : transferChain.verify(noted);
    }

    private void deleteAfter(Kind kind, int number) {
        List<?> ids = database.entities()
                .createNativeQuery("select cast(%s as varchar(36)) from %s where number > %d"
                        .formatted(kind.row, kind.seals, number))
                .getResultList();
        database.execute("delete from %s where number > %d".formatted(kind.seals, number));
        ids.forEach(id -> database.execute("delete from %s where id = '%s'".formatted(kind.rows, id)));
    }

    private static void assertFault(ChainVerification found, String fault) {
        assertThat(found.intact()).isFalse();
        assertThat(found.fault()).contains(fault);
    }

    @ParameterizedTest
    @EnumSource
    void chainIsNotAnchoredBeforeTheFirstAnchor(Kind kind) {
        grow(kind, 3);
        assertThat(verify(kind)).satisfies(found -> {
            assertThat(found.intact()).isTrue();
            assertThat(found.anchored()).isFalse();
        });
        anchor(kind);
        grow(kind, 1);
        assertThat(verify(kind)).satisfies(found -> {
            assertThat(found.intact()).isTrue();
            assertThat(found.anchored()).isTrue();
            assertThat(found.number()).isEqualTo(4);
        });
    }

    @ParameterizedTest
    @EnumSource
    void tailThatIsCutOffShows(Kind kind) {
        grow(kind, 5);
        anchor(kind);
        deleteAfter(kind, 3);
        assertFault(verify(kind), "The chain ends at number 3, and number 5 is anchored in the bucket.");
        grow(kind, 7);
        assertFault(verify(kind), "Number 5 has not the hash that is anchored in the bucket.");
    }

    @ParameterizedTest
    @EnumSource
    void deletionOfAllShows(Kind kind) {
        grow(kind, 5);
        anchor(kind);
        deleteAfter(kind, 0);
        assertFault(verify(kind), "The chain ends at number 0, and number 5 is anchored in the bucket.");
        beginNode();
        grow(kind, 2);
        anchor(kind); // by a node that knows of nothing, of what took the place of all
        assertFault(verify(kind), "The chain ends at number 2, and number 5 is anchored in the bucket.");
    }

    @ParameterizedTest
    @EnumSource
    void hashesRecomputedOverAChangedRowShow(Kind kind) {
        grow(kind, 3);
        anchor(kind);
        database.execute(
                kind == Kind.AUDIT
                        ? "update audit_event set actor = 'bob' where id = (select event_id from audit_seal where number = 2)"
                        : "update transfer set user_agent = 'x' where id = (select transfer_id from transfer_seal"
                                + " where number = 2)");
        database.execute("delete from %s where number > 1".formatted(kind.seals));
        sealAnew(kind); // with the code that seals: its hashes are right
        assertFault(verify(kind), "Number 3 has not the hash that is anchored in the bucket.");
    }

    /** By a node that has not looked back, so that it finds them. */
    private void sealAnew(Kind kind) {
        if (kind == Kind.AUDIT) {
            auditChain.seal();
        } else {
            TransferChain other = scene.newChain();
            other.add(ids());
            other.seal();
        }
        Object links = database.entities()
                .createNativeQuery("select count(*) from " + kind.seals)
                .getSingleResult();
        assertThat(links).isEqualTo(3L);
    }

    private List<UUID> ids() {
        return scene.transfers(LedgerScene.ALL).stream()
                .map(TransferDetails::id)
                .toList();
    }

    @ParameterizedTest
    @EnumSource
    void changeOfTheTimeOfSealingShows(Kind kind) {
        grow(kind, 3);
        database.execute(
                "update %s set sealed_at = sealed_at + interval '1' second where number = 2".formatted(kind.seals));
        assertThat(verify(kind).number()).isEqualTo(1);
        assertThat(verify(kind).fault())
                .hasValueSatisfying(fault -> assertThat(fault).contains("of number 2, or its seal, was changed"));
    }

    @ParameterizedTest
    @EnumSource
    void gapShowsAlsoWhereALaterLinkIsAnchored(Kind kind) {
        grow(kind, 4);
        anchor(kind);
        database.execute("delete from %s where number = 2".formatted(kind.seals));
        assertFault(verify(kind), "Number 2 is missing.");
    }

    @ParameterizedTest
    @EnumSource
    void cutChainIsBelievedOnlyWithANotedSeal(Kind kind) {
        grow(kind, 2);
        anchor(kind);
        grow(kind, 2);
        bucket.clock().advance(MemoryBucket.INTERVAL);
        anchor(kind);
        String hash = (String) database.entities()
                .createNativeQuery("select cast(hash as varchar(64)) from %s where number = 3".formatted(kind.seals))
                .getSingleResult();
        database.execute("delete from %s where number < 3".formatted(kind.seals));
        assertThat(verify(kind).fault())
                .hasValueSatisfying(fault -> assertThat(fault).startsWith("The chain begins at number 3:"));
        assertThat(verify(kind, Optional.of(new NotedSeal(3, hash))).anchored()).isTrue();
        database.execute("update %s set hash = '%s' where number = 4".formatted(kind.seals, "0".repeat(64)));
        assertThat(verify(kind, Optional.of(new NotedSeal(3, hash))).intact()).isFalse();
    }

    @ParameterizedTest
    @EnumSource
    void anchorsAreKeptForTenYears(Kind kind) {
        grow(kind, 3);
        anchor(kind);
        assertThat(bucket.kept()).containsOnlyKeys(bucket.names());
        assertThat(bucket.kept().values())
                .containsExactly(bucket.clock().instant().plus(ChainAnchors.KEPT));
    }

    @ParameterizedTest
    @EnumSource
    void anchorsThatContradictEachOtherAreAFault(Kind kind) {
        grow(kind, 3);
        anchor(kind);
        deleteAfter(kind, 0);
        grow(kind, 3);
        beginNode();
        anchor(kind);
        assertThat(bucket.names()).hasSize(2);
        assertFault(verify(kind), "Number 3 has not the hash that is anchored in the bucket.");
    }

    @ParameterizedTest
    @EnumSource
    void storeThatIsAwayIsTriedAgainAndSaidToBeAway(Kind kind) {
        grow(kind, 3);
        bucket.away(true);
        assertThatThrownBy(() -> anchor(kind)).isInstanceOf(UncheckedIOException.class);
        ChainVerification found = verify(kind);
        assertThat(found.anchored()).isFalse();
        assertFault(found, "The chain could not be compared with its anchors, since the store did not list them.");
        bucket.away(false);
        anchor(kind); // at once
        assertThat(verify(kind).anchored()).isTrue();
        assertThat(verify(kind).intact()).isTrue();
    }

    @Test
    void anchorsAreFew() {
        grow(Kind.AUDIT, 1);
        for (int i = 0; i < 10; i++) {
            auditChain.anchor();
            grow(Kind.AUDIT, 1);
        }
        assertThat(bucket.names()).hasSize(1);
        bucket.clock().advance(MemoryBucket.INTERVAL);
        for (int i = 0; i < 10; i++) {
            auditChain.anchor();
            bucket.clock().advance(MemoryBucket.INTERVAL);
        }
        assertThat(bucket.names()).hasSize(2).last().asString().startsWith("0000000000000000011-");
    }

    @Test
    void accountsThatNoEventTellsOfShow() {
        List<String> names = new ArrayList<>(List.of("ann", "bob"));
        names.forEach(name -> {
            UUID id = UUID.randomUUID();
            database.execute(("insert into account (id, name, display_name, state, created_at, row_version)"
                            + " values ('%s', '%s', 'x', 'ACTIVE', current_timestamp, 0)")
                    .formatted(id, name));
            database.transactions()
                    .run(() -> audit.record(AuditAction.ACCOUNT_CREATED, "x", "account", id.toString(), name));
        });
        assertThat(verify(Kind.AUDIT).intact()).isTrue();
        deleteAfter(Kind.AUDIT, 1);
        assertFault(verify(Kind.AUDIT), "1 accounts were created and no event says so.");
        deleteAfter(Kind.AUDIT, 0);
        assertFault(verify(Kind.AUDIT), "2 accounts were created and no event says so.");
    }
}
