package io.reportfiles.ledger;

import static io.reportfiles.ledger.LedgerScene.begin;
import static org.assertj.core.api.Assertions.assertThat;

import io.reportfiles.chain.ChainVerification;
import io.reportfiles.chain.MemoryBucket;
import io.reportfiles.chain.NotedSeal;
import io.reportfiles.config.LedgerSettings;
import io.reportfiles.persistence.TestDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What {@code server-config/postgresql/cut-transfers.sql} deletes, and what it leaves. */
class CutTransfersIT {

    private static final Path SCRIPT = Path.of("server-config/postgresql/cut-transfers.sql");
    private static final NewTransfer TRANSFER = new NewTransfer(
            Optional.empty(),
            Optional.of("/files/unknown"),
            Optional.empty(),
            "192.0.2.1",
            "",
            "GET",
            Optional.empty(),
            List.of());

    private TestDatabase database;
    private TransferChain chain;

    @BeforeEach
    void record() {
        database = TestDatabase.postgres();
        Clock clock = Clock.systemUTC();
        chain = new TransferChain(database.entities(), database.transactions(), clock, new MemoryBucket().anchors());
        NodeLease node = new NodeLease(
                database.entities(),
                database.transactions(),
                new LedgerSettings(Optional.empty(), Duration.ofSeconds(20), Duration.ofHours(1)),
                clock);
        TransferLedger ledger = new TransferLedger(
                database.entities(), database.transactions(), clock, node, chain, Runnable::run, finding -> {});
        for (int i = 0; i < 5; i++) {
            ledger.record(TRANSFER, TransferOutcome.REFUSED, 404);
        }
        begin(ledger, TRANSFER);
        chain.seal();
    }

    @AfterEach
    void stop() {
        database.close();
    }

    @Test
    void whatIsBeforeTheNotedSealGoes() throws IOException {
        cut(3, hash(3));
        assertThat(rows("transfer")).isEqualTo(4); // one of them under way
        assertThat(rows("transfer_seal")).isEqualTo(3);
        assertThat(chain.verify(Optional.of(new NotedSeal(3, hash(3)))))
                .isEqualTo(new ChainVerification(true, 5, hash(5), 0, false, Optional.empty()));
    }

    @Test
    void nothingGoesWhereTheSealIsNotTheNotedOne() throws IOException {
        cut(3, hash(4));
        cut(9, hash(4));
        assertThat(rows("transfer")).isEqualTo(6);
        assertThat(chain.verify(Optional.empty()).intact()).isTrue();
    }

    private String hash(long number) {
        return (String) database.entities()
                .createNativeQuery("select cast(hash as varchar) from transfer_seal where number = " + number)
                .getSingleResult();
    }

    private long rows(String table) {
        return ((Number) database.entities()
                        .createNativeQuery("select count(*) from " + table)
                        .getSingleResult())
                .longValue();
    }

    /** As psql would. */
    private void cut(long number, String hash) throws IOException {
        database.execute(Files.readString(SCRIPT)
                .replace(":number", Long.toString(number))
                .replace(":'hash'", "'" + hash + "'"));
    }
}
