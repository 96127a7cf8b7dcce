package io.reportfiles.storage.s3;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;

class PartSizesTest {

    private static final long MIB = 1 << 20;
    private static final long GIB = 1 << 30;

    @Test
    void largestObjectOfS3FitsIntoTenThousandPartsWhateverTheFirst() {
        new Random(1)
                .longs(200, 5 * MIB, GIB)
                .forEach(
                        first -> assertThat(PartSizes.within(first, 5 * GIB / 2).capacity())
                                .isEqualTo(PartSizes.MAX_OBJECT));
    }

    @Test
    void partsNeverShrinkAndStayWithinTheirLimits() {
        new Random(2).longs(50, 5 * MIB, 64 * MIB).forEach(budget -> {
            PartSizes sizes = PartSizes.within(5 * MIB, budget);
            long before = 0;
            for (int number = 1; number <= PartSizes.MAX_PARTS; number++) {
                assertThat(sizes.of(number)).isBetween(Math.max(before, 5 * MIB), Math.max(5 * MIB, budget / 2));
                before = sizes.of(number);
            }
        });
    }

    @Test
    void defaultBudgetTakesTwoHundredFiftyGigabytes() {
        assertThat(PartSizes.within(8 * MIB, 56 * MIB).capacity()).isGreaterThan(250_000_000_000L);
    }

    @Test
    void filesOfUsualSizeTravelInPartsOfTheFirstSize() {
        PartSizes sizes = PartSizes.within(8 * MIB, 64 * MIB);

        assertThat(sizes.of(640)).isEqualTo(8 * MIB); // 5 GiB
    }

    @Test
    void limitIsReachedThoughThereIsNoMemoryForLargerPartsMostOfTheTime() {
        PartSizes sizes = PartSizes.within(8 * MIB, 56 * MIB);
        Random random = new Random(4);
        for (double scarcity : new double[] {0, 0.5, 0.9, 1}) {
            for (long limit : new long[] {sizes.capacity(), sizes.capacity() / 2, 20 * GIB}) {
                long received = 0;
                int parts = 0;
                while (received < limit && parts < PartSizes.MAX_PARTS) {
                    parts++;
                    long wanted = sizes.wanted(parts, received, limit);
                    long least = sizes.least(parts, received, limit);
                    assertThat(least).isBetween(8 * MIB, wanted);
                    assertThat(wanted).isLessThanOrEqualTo(28 * MIB);
                    received += random.nextDouble() < scarcity ? least : wanted;
                }
                assertThat(received)
                        .as("limit %d, scarcity %s, %d parts", limit, scarcity, parts)
                        .isGreaterThanOrEqualTo(limit);
            }
        }
    }

    @Test
    void partsAreAsPlannedWhileThereIsMemory() {
        PartSizes sizes = PartSizes.within(8 * MIB, 56 * MIB);
        long received = 0;
        for (int number = 1; number <= PartSizes.MAX_PARTS; number++) {
            assertThat(sizes.wanted(number, received, sizes.capacity())).isEqualTo(sizes.of(number));
            received += sizes.of(number);
        }
    }
}
