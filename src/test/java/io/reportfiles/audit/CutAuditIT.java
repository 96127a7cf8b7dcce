package io.reportfiles.audit;

import static org.assertj.core.api.Assertions.assertThat;

import io.reportfiles.chain.ChainVerification;
import io.reportfiles.chain.MemoryBucket;
import io.reportfiles.chain.NotedSeal;
import io.reportfiles.persistence.TestDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What {@code server-config/postgresql/cut-audit.sql} deletes, and what it leaves. */
class CutAuditIT {

    private static final Path SCRIPT = Path.of("server-config/postgresql/cut-audit.sql");

    private TestDatabase database;
    private AuditChain chain;

    @BeforeEach
    void record() {
        database = TestDatabase.postgres();
        chain = new AuditChain(
                database.entities(), database.transactions(), Clock.systemUTC(), new MemoryBucket().anchors());
        AuditLog audit = new AuditLog(database.entities(), Clock.systemUTC());
        for (int i = 0; i < 5; i++) {
            database.transactions().run(() -> audit.record(AuditAction.REGION_CREATED, "ann", "region", "N", "new"));
        }
        chain.seal();
    }

    @AfterEach
    void stop() {
        database.close();
    }

    @Test
    void whatIsBeforeTheNotedSealGoes() throws IOException {
        NotedSeal noted = seal(3);
        cut(noted);
        assertThat(rows("AuditEvent")).isEqualTo(3);
        assertThat(rows("AuditSeal")).isEqualTo(3);
        assertThat(chain.verify(Optional.of(noted)))
                .isEqualTo(new ChainVerification(true, 5, seal(5).hash(), 0, false, Optional.empty()));
    }

    @Test
    void nothingGoesWhereTheSealIsNotTheNotedOne() throws IOException {
        cut(new NotedSeal(3, seal(4).hash()));
        cut(new NotedSeal(9, seal(4).hash()));
        assertThat(rows("AuditEvent")).isEqualTo(5);
        assertThat(chain.verify(Optional.empty()).intact()).isTrue();
    }

    private NotedSeal seal(long number) {
        return new NotedSeal(
                number, database.entities().find(AuditSeal.class, number).hash());
    }

    private long rows(String entity) {
        return database.entities()
                .createQuery("select count(r) from %s r".formatted(entity), Long.class)
                .getSingleResult();
    }

    /** As psql would. */
    private void cut(NotedSeal noted) throws IOException {
        database.execute(Files.readString(SCRIPT)
                .replace(":number", Long.toString(noted.number()))
                .replace(":'hash'", "'" + noted.hash() + "'"));
    }
}
