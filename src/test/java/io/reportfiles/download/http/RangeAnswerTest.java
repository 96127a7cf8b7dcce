package io.reportfiles.download.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.reportfiles.download.http.RangeAnswer.Part;
import io.reportfiles.download.http.RangeAnswer.Parts;
import io.reportfiles.download.http.RangeAnswer.Unsatisfiable;
import io.reportfiles.download.http.RangeAnswer.Whole;
import io.reportfiles.storage.ByteRange;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.From;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import net.jqwik.api.constraints.IntRange;
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
                "bytes=0-1\u000b",
                "bytes=0-1\u2003,2-3",
                "bytes=0-1\u0085",
                "bytes=99999999999999999999-99999999999999999998",
                "bytes=0-1,99999999999999999999-09999999999999999999",
                "bytes=-1-",
                "bytes=0-1bytes=2-3",
                "bytes=0-1, bytes=2-3",
                "0-1",
                "=0-1",
            })
    void malformedHeadersAndOtherUnitsAreIgnored(String header) {
        assertThat(RangeAnswer.of(header, SIZE)).isEqualTo(new Whole());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "bytes=10000-",
                "bytes=10000-10001",
                "bytes=-0",
                "bytes=-00",
                "bytes=-0,10000-",
                "bytes=99999999999999999999-",
                "bytes=99999999999999999998-99999999999999999999",
                "bytes=99999999999999999999-99999999999999999999",
            })
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
    void exactlyTheBytesAskedForAreSentInOrderAndNoneTwice(
            @ForAll @Size(min = 1, max = 20) List<@From("specs") String> specs,
            @ForAll("listSeparators") String separator,
            @ForAll @IntRange(min = 1, max = 60) int size) {
        List<BitSet> asked = specs.stream().map(spec -> bytesOf(spec, size)).toList();
        BitSet wanted = new BitSet();
        asked.forEach(wanted::or);
        RangeAnswer answer = RangeAnswer.of("bytes=" + String.join(separator, specs), size);
        List<ByteRange> sent = rangesOf(answer);
        assertThat(answer instanceof Unsatisfiable).isEqualTo(wanted.isEmpty());
        assertThat(answer).isNotInstanceOf(Whole.class);
        BitSet got = new BitSet();
        int lastRank = -1;
        for (ByteRange range : sent) {
            BitSet bytes = new BitSet();
            bytes.set((int) range.offset(), (int) range.end());
            assertThat(got.intersects(bytes)).as("sent twice").isFalse();
            got.or(bytes);
            int rank = (int)
                    asked.stream().takeWhile(one -> !one.intersects(bytes)).count();
            assertThat(rank)
                    .as("where the earliest of its members was asked for")
                    .isGreaterThan(lastRank);
            lastRank = rank;
        }
        assertThat(got).isEqualTo(wanted);
        assertThat(sent).as("runs, as few as possible").hasSize(runs(wanted));
    }

    /** The same for any file and any number, with a few bytes to look at instead of all. */
    @Property
    void aByteOfALargeFileIsSentIfAndOnlyIfItIsAskedFor(
            @ForAll @Size(min = 1, max = 8) List<@From("largeSpecs") String> specs,
            @ForAll("sizes") long size,
            @ForAll("sizes") long somewhere) {
        boolean valid = specs.stream().allMatch(RangeAnswerTest::isValid);
        RangeAnswer answer = RangeAnswer.of("bytes=" + String.join(",", specs), size);
        List<ByteRange> sent = rangesOf(answer);
        assertThat(answer instanceof Whole).isEqualTo(!valid);
        List<BigInteger> places = new ArrayList<>(List.of(BigInteger.valueOf(somewhere)));
        Matcher numbers = Pattern.compile("\\d+").matcher(String.join(",", specs));
        while (valid && numbers.find()) {
            BigInteger number = new BigInteger(numbers.group());
            for (int near = -1; near <= 1; near++) {
                places.add(number.add(BigInteger.valueOf(near)));
                places.add(BigInteger.valueOf(size).subtract(number).add(BigInteger.valueOf(near)));
            }
        }
        for (BigInteger place : places) {
            boolean wanted = valid && specs.stream().anyMatch(spec -> asksFor(spec, place, BigInteger.valueOf(size)));
            boolean found = sent.stream()
                    .anyMatch(range -> place.compareTo(BigInteger.valueOf(range.offset())) >= 0
                            && place.compareTo(BigInteger.valueOf(range.end())) < 0);
            assertThat(found).as("%s of %s in %d: %s", place, specs, size, sent).isEqualTo(wanted);
        }
    }

    @Property
    void whatLooksLikeAHeaderIsReadIfTheGrammarHasItAndOnlyThen(@ForAll("nearlyHeaders") String header) {
        Matcher form = Pattern.compile("(?i)[ \\t]*bytes=(.*)", Pattern.DOTALL).matcher(header);
        List<String> elements = form.matches()
                ? Arrays.stream(form.group(1).split(",", -1))
                        .map(element -> element.replaceAll("^[ \\t]+|[ \\t]+$", ""))
                        .filter(element -> !element.isEmpty())
                        .toList()
                : List.of();
        boolean valid = !elements.isEmpty() && elements.stream().allMatch(RangeAnswerTest::isValid);
        assertThat(!(RangeAnswer.of(header, SIZE) instanceof Whole)).as(header).isEqualTo(valid);
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
                position.map(a -> a + "-" + a),
                position.map(a -> a + "-"),
                position.map(a -> "-" + a),
                position.map(a -> "00" + a + "-" + a + "9999999999999999999999"));
    }

    @Provide
    Arbitrary<String> listSeparators() {
        return Arbitraries.of(",", ", ", " ,\t", ",,", " , ,");
    }

    @Provide
    Arbitrary<Long> sizes() {
        return Arbitraries.oneOf(
                Arbitraries.longs().between(1, 1L << 34), Arbitraries.longs().between(1, Long.MAX_VALUE));
    }

    @Provide
    Arbitrary<String> largeSpecs() {
        Arbitrary<BigInteger> position = Arbitraries.oneOf(
                Arbitraries.bigIntegers().between(BigInteger.ZERO, BigInteger.ONE.shiftLeft(34)),
                Arbitraries.bigIntegers().between(BigInteger.ZERO, BigInteger.ONE.shiftLeft(70)));
        return Arbitraries.frequencyOf(
                Tuple.of(4, Combinators.combine(position, position).as((a, b) -> a.min(b) + "-" + a.max(b))),
                Tuple.of(2, position.map(a -> a + "-")),
                Tuple.of(2, position.map(a -> "-" + a)),
                Tuple.of(1, Combinators.combine(position, position).as((a, b) -> a + "-" + b)));
    }

    @Provide
    Arbitrary<String> nearlyHeaders() {
        return Arbitraries.of(
                        "0", "7", "12", "-", "-", ",", " ", "\t", "\u000b", "bytes=", "=", "x", "99999999999999999999")
                .list()
                .ofMaxSize(8)
                .map(pieces -> "bytes=" + String.join("", pieces));
    }

    private static List<ByteRange> rangesOf(RangeAnswer answer) {
        return answer instanceof Part part
                ? List.of(part.range())
                : answer instanceof Parts parts ? parts.ranges() : List.of();
    }

    /** The grammar of one range a second time (RFC 9110 §14.1.1). */
    private static boolean isValid(String spec) {
        String[] ends = spec.split("-", -1);
        if (ends.length != 2 || !(ends[0] + ends[1]).matches("[0-9]+")) {
            return false;
        }
        return ends[0].isEmpty()
                || ends[1].isEmpty()
                || new BigInteger(ends[0]).compareTo(new BigInteger(ends[1])) <= 0;
    }

    /** What a range means, in the plainest way. */
    private static boolean asksFor(String spec, BigInteger place, BigInteger size) {
        String[] ends = spec.split("-", -1);
        boolean inFile = place.signum() >= 0 && place.compareTo(size) < 0;
        return inFile
                && (ends[0].isEmpty()
                        ? place.compareTo(size.subtract(new BigInteger(ends[1]))) >= 0
                        : place.compareTo(new BigInteger(ends[0])) >= 0
                                && (ends[1].isEmpty() || place.compareTo(new BigInteger(ends[1])) <= 0));
    }

    private static BitSet bytesOf(String spec, int size) {
        BitSet bytes = new BitSet();
        for (int i = 0; i < size; i++) {
            if (asksFor(spec, BigInteger.valueOf(i), BigInteger.valueOf(size))) {
                bytes.set(i);
            }
        }
        return bytes;
    }

    private static int runs(BitSet bytes) {
        return (int) bytes.stream().filter(i -> i == 0 || !bytes.get(i - 1)).count();
    }
}
