package io.reportfiles.download.zip;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.reportfiles.download.LedgerRows;
import io.reportfiles.download.LedgerRows.End;
import io.reportfiles.download.http.Body;
import io.reportfiles.ledger.LedgerEntry;
import io.reportfiles.ledger.TransferOutcome;
import java.time.Instant;
import java.util.List;
import java.util.OptionalInt;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** The rules for several files in one ZIP file that need no server. */
class BundleTest {

    private static final Body BODY = ZipLayout.of(List.of(
            new ZipLayout.Entry("0", 10, 0, Instant.EPOCH),
            new ZipLayout.Entry("1", 10, 0, Instant.EPOCH),
            new ZipLayout.Entry("2", 10, 0, Instant.EPOCH)));

    @Test
    void namesAreUniqueForEveryFileSystem() {
        assertThat(Bundle.uniqueNames(
                        List.of("a.csv", "A.CSV", "a.csv", "a (2).csv", "b", "b", "Ä.csv", "A\u0308.csv")))
                .containsExactly(
                        "a.csv", "A (2).CSV", "a (3).csv", "a (2) (2).csv", "b", "b (2)", "Ä.csv", "A\u0308 (2).csv");
    }

    @Test
    void namesArePortableAndUniqueAfterThat() {
        assertThat(Bundle.uniqueNames(List.of("a:b.csv", "a?b.csv", "A_B.csv", "con.csv", "_CON.csv", ".a", "_a")))
                .containsExactly("a_b.csv", "a_b (2).csv", "A_B (3).csv", "_con.csv", "_CON (2).csv", "_a", "_a (2)");
        String longest = "報".repeat(83) + "é.csv";
        assertThat(Bundle.uniqueNames(List.of(longest, longest)))
                .allSatisfy(name -> assertThat(name.getBytes(UTF_8)).hasSizeLessThanOrEqualTo(255))
                .last()
                .asString()
                .endsWith("報 (2).csv");
    }

    @Test
    void filesThatWereSentWholeAreCompleteWhateverCameAfterThem() {
        assertThat(ends(TransferOutcome.STORAGE_FAILED, startOf(1) + 4, OptionalInt.empty()))
                .containsExactly(
                        new End(id(0), TransferOutcome.COMPLETE, 10),
                        new End(id(1), TransferOutcome.STORAGE_FAILED, 4),
                        new End(id(2), TransferOutcome.STORAGE_FAILED, 0));
    }

    @Test
    void onlyTheDamagedFileIsDamaged() {
        assertThat(ends(TransferOutcome.INTEGRITY_FAILED, startOf(1), OptionalInt.of(1)))
                .extracting(End::outcome)
                .containsExactly(
                        TransferOutcome.COMPLETE, TransferOutcome.INTEGRITY_FAILED, TransferOutcome.INTERRUPTED);
    }

    @Test
    void allAreCompleteWithTheWhole() {
        assertThat(ends(TransferOutcome.COMPLETE, BODY.length(), OptionalInt.empty()))
                .extracting(End::outcome, End::bytes)
                .containsExactly(
                        tuple(TransferOutcome.COMPLETE, 10L),
                        tuple(TransferOutcome.COMPLETE, 10L),
                        tuple(TransferOutcome.COMPLETE, 10L));
    }

    private static List<End> ends(TransferOutcome outcome, long sent, OptionalInt damaged) {
        LedgerEntry entry = new LedgerEntry() {
            @Override
            public List<UUID> ids() {
                return List.of(id(0), id(1), id(2));
            }

            @Override
            public void await() {
                throw new AssertionError("not what an end waits for");
            }
        };
        return new LedgerRows(BODY, entry, List.of(0, 1, 2)).ends(outcome, sent, damaged);
    }

    /** Where the content of a file begins. */
    private static long startOf(int file) {
        long count = 0;
        while (BODY.bytesOf(file, count + 1) == 0) {
            count++;
        }
        return count;
    }

    private static UUID id(int file) {
        return new UUID(0, file);
    }
}
