package io.reportfiles.download;

import static org.assertj.core.api.Assertions.assertThat;

import io.reportfiles.download.RangeAnswer.Part;
import io.reportfiles.download.RangeAnswer.Parts;
import io.reportfiles.download.RangeAnswer.Unsatisfiable;
import io.reportfiles.download.RangeAnswer.Whole;
import io.reportfiles.storage.ByteRange;
import java.util.BitSet;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.From;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RangeAnswerTest {

    private static final long SIZE = 10_000;

    @ParameterizedTest
    @CsvSource({
        "bytes=0-0, 0, 1",
        "bytes=0-499, 0, 500",
        "bytes=500-999, 500, 500",
        "bytes=9500-, 9500, 500",
        "bytes=9999-, 9999, 1",
        "bytes=0-, 0, 10000",
        "bytes=-500, 9500, 500",
        "bytes=-20000, 0, 10000",
        "bytes=9000-20000, 9000, 1000",
        "bytes=0-9223372036854775807, 0, 10000",
        "bytes=1-99999999999999999999999999, 1, 9999",
        "bytes=-99999999999999999999999999, 0, 10000",
        "BYTES=3-4, 3, 2",
        "'bytes= 3-4 ', 3, 2",
        "'bytes=,,3-4,', 3, 2",
        "bytes=000003-0004, 3, 2",
    })
    void oneRangeIsClampedToTheFile(String header, long offset, long length) {
        assertThat(RangeAnswer.of(header, SIZE)).isEqualTo(new Part(new ByteRange(offset, length)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "bytes",
                "bytes=",
                "bytes=,",
                "bytes=-",
                "bytes=a-b",
                "bytes=5-4",
                "bytes=1-2-3",
                "bytes=--5",
                "bytes=+1-2",
                "bytes=1 - 2",
                "bytes=0-1;2-3",
                "bytes=0-1,x",
                "bytes =0-1",
                "items=0-1",
                "bytes=0x1-2",
                "bytes=\u0661-\u0662",
            })
    void malformedHeadersAndOtherUnitsAreIgnored(String header) {
        assertThat(RangeAnswer.of(header, SIZE)).isEqualTo(new Whole());
    }

    @ParameterizedTest
    @ValueSource(strings = {"bytes=10000-", "bytes=10000-10001", "bytes=-0", "bytes=99999999999999999999-"})
    void rangesPastTheEndAreUnsatisfiable(String header) {
        assertThat(RangeAnswer.of(header, SIZE)).isEqualTo(new Unsatisfiable(SIZE));
    }

    @Test
    void anEmptyFileHasNoRangesButASuffixOfItIsTheWhole() {
        assertThat(RangeAnswer.of("bytes=0-", 0)).isEqualTo(new Unsatisfiable(0));
        assertThat(RangeAnswer.of("bytes=-0", 0)).isEqualTo(new Unsatisfiable(0));
        assertThat(RangeAnswer.of("bytes=-5", 0)).isEqualTo(new Whole());
    }

    @Test
    void offsetsPastFourGibibytesStayExact() {
        long size = 6L << 30;
        assertThat(RangeAnswer.of("bytes=5368709120-", size)).isEqualTo(new Part(new ByteRange(5L << 30, 1L << 30)));
    }

    @Test
    void severalRangesKeepTheOrderAskedFor() {
        assertThat(RangeAnswer.of("bytes=500-599,0-99", SIZE))
                .isEqualTo(new Parts(List.of(new ByteRange(500, 100), new ByteRange(0, 100))));
    }

    @Test
    void overlappingAndTouchingRangesAreJoinedWhereTheEarliestStood() {
        assertThat(RangeAnswer.of("bytes=500-599,0-99,550-700", SIZE))
                .isEqualTo(new Parts(List.of(new ByteRange(500, 201), new ByteRange(0, 100))));
        assertThat(RangeAnswer.of("bytes=100-199,0-99", SIZE)).isEqualTo(new Part(new ByteRange(0, 200)));
    }

    @Test
    void unsatisfiableOnesAmongOthersAreLeftOut() {
        assertThat(RangeAnswer.of("bytes=20000-,0-99", SIZE)).isEqualTo(new Part(new ByteRange(0, 100)));
    }

    @Test
    void moreRangesThanAnybodyNeedsAreIgnored() {
        String most = IntStream.range(0, RangeHeader.MOST_RANGES)
                .mapToObj(i -> "%d-%d".formatted(2 * i, 2 * i))
                .collect(Collectors.joining(","));
        assertThat(RangeAnswer.of("bytes=" + most, SIZE)).isInstanceOf(Parts.class);
        assertThat(RangeAnswer.of("bytes=" + most + ",9000-9001", SIZE)).isEqualTo(new Whole());
    }

    @Property
    void exactlyTheBytesAskedForAreSentAndNoneTwice(
            @ForAll @Size(min = 1, max = 20) List<@From("specs") String> specs,
            @ForAll @LongRange(min = 1, max = 60) long size) {
        BitSet wanted = new BitSet();
        for (String spec : specs) {
            mark(spec, size, wanted);
        }
        RangeAnswer answer = RangeAnswer.of("bytes=" + String.join(", ", specs), size);
        List<ByteRange> sent = answer instanceof Part part
                ? List.of(part.range())
                : answer instanceof Parts parts ? parts.ranges() : List.of();
        BitSet got = new BitSet();
        long total = 0;
        for (ByteRange range : sent) {
            got.set((int) range.offset(), (int) range.end());
            total += range.length();
        }
        assertThat(got).isEqualTo(wanted);
        assertThat(total).isEqualTo(wanted.cardinality());
        assertThat(answer instanceof Unsatisfiable).isEqualTo(wanted.isEmpty());
    }

    @Property
    void noHeaderWhatsoeverIsAFailureOrAmplified(@ForAll String header, @ForAll @LongRange(min = 0) long size) {
        for (String text : List.of(header, "bytes=" + header)) {
            RangeAnswer answer = RangeAnswer.of(text, size);
            if (answer instanceof Parts parts) {
                assertThat(parts.ranges()).hasSizeLessThanOrEqualTo(RangeHeader.MOST_RANGES);
            }
        }
    }

    @Provide
    Arbitrary<String> specs() {
        Arbitrary<Integer> position = Arbitraries.integers().between(0, 70);
        return Arbitraries.oneOf(
                Combinators.combine(position, position).as((a, b) -> Math.min(a, b) + "-" + Math.max(a, b)),
                position.map(a -> a + "-"),
                position.map(a -> "-" + a));
    }

    /** What a spec means, written a second time in the plainest way. */
    private static void mark(String spec, long size, BitSet wanted) {
        String[] ends = spec.split("-", -1);
        for (long i = 0; i < size; i++) {
            boolean inside = ends[0].isEmpty()
                    ? i >= size - Long.parseLong(ends[1])
                    : i >= Long.parseLong(ends[0]) && (ends[1].isEmpty() || i <= Long.parseLong(ends[1]));
            if (inside) {
                wanted.set((int) i);
            }
        }
    }
}
