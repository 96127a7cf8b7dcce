package io.reportfiles.download.http;

import io.reportfiles.storage.ByteRange;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A well-formed {@code Range} header in bytes (RFC 9110 §14.1.2), before the size of the file is known.
 *
 * @param specs what was asked for, in that order
 */
record RangeHeader(List<Spec> specs) {

    /** A header that asks for more ranges than this is ignored: nobody needs it, and each costs a request to S3. */
    static final int MOST_RANGES = 64;

    private static final Pattern RANGES = Pattern.compile("(?i:bytes)=(.*)", Pattern.DOTALL);
    private static final Pattern SPEC = Pattern.compile("(\\d+)-(\\d*)|-(\\d+)");

    /** Compares numbers of any length, which a position may have before it is looked at. */
    private static final Comparator<String> BY_VALUE = Comparator.comparing(
            RangeHeader::withoutLeadingZeros,
            Comparator.comparingInt(String::length).thenComparing(Comparator.naturalOrder()));

    /**
     * One range as asked for.
     *
     * @param first position of the first byte, or the number of bytes at the end where {@code suffix}
     * @param last position of the last byte; {@link Long#MAX_VALUE} where left open
     */
    record Spec(long first, long last, boolean suffix) {

        /** The bytes of a file of {@code size} bytes that this asks for; empty where there are none. */
        Optional<ByteRange> in(long size) {
            long from = suffix ? Math.max(0, size - first) : first;
            long to = suffix ? size - 1 : Math.min(last, size - 1);
            return from <= to ? Optional.of(new ByteRange(from, to - from + 1)) : Optional.empty();
        }
    }

    /** Reads the header; one in another unit, malformed or excessive is as good as none (§14.2). */
    static Optional<RangeHeader> parse(String header) {
        Matcher ranges = RANGES.matcher(OptionalSpace.strip(header));
        if (!ranges.matches()) {
            return Optional.empty();
        }
        List<Spec> specs = new ArrayList<>();
        for (String element : ranges.group(1).split(",", -1)) {
            String text = OptionalSpace.strip(element);
            if (text.isEmpty()) {
                continue; // §5.6.1.2: empty list elements are to be tolerated
            }
            Optional<Spec> spec = parseSpec(text);
            if (spec.isEmpty() || specs.size() == MOST_RANGES) {
                return Optional.empty();
            }
            specs.add(spec.get());
        }
        return specs.isEmpty() ? Optional.empty() : Optional.of(new RangeHeader(specs));
    }

    private static Optional<Spec> parseSpec(String text) {
        Matcher matcher = SPEC.matcher(text);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        if (matcher.group(3) != null) {
            return Optional.of(new Spec(position(matcher.group(3)), Long.MAX_VALUE, true));
        }
        String first = matcher.group(1);
        String last = matcher.group(2);
        if (!last.isEmpty() && BY_VALUE.compare(last, first) < 0) {
            return Optional.empty();
        }
        return Optional.of(new Spec(position(first), last.isEmpty() ? Long.MAX_VALUE : position(last), false));
    }

    /** A position too large for a {@code long} lies beyond every file. */
    private static long position(String digits) {
        try {
            return Long.parseLong(digits);
        } catch (NumberFormatException e) {
            return Long.MAX_VALUE;
        }
    }

    private static String withoutLeadingZeros(String digits) {
        int start = 0;
        while (start < digits.length() && digits.charAt(start) == '0') {
            start++;
        }
        return digits.substring(start);
    }

    /** What the header comes to for a file of {@code size} bytes. */
    RangeAnswer resolve(long size) {
        List<ByteRange> wanted =
                specs.stream().flatMap(spec -> spec.in(size).stream()).toList();
        if (wanted.isEmpty()) {
            // An empty file has no last bytes to name in a Content-Range, yet asking for them is satisfiable (§14.1.2).
            boolean satisfiable = size == 0 && specs.stream().anyMatch(spec -> spec.suffix() && spec.first() > 0);
            return satisfiable ? new RangeAnswer.Whole() : new RangeAnswer.Unsatisfiable(size);
        }
        List<ByteRange> merged = coalesce(wanted);
        return merged.size() == 1 ? new RangeAnswer.Part(merged.get(0)) : new RangeAnswer.Parts(merged);
    }

    /**
     * Joins ranges that overlap or touch, so that no byte is sent twice whatever is asked for (§15.3.7.2); a joined
     * range stands where the earliest of its members was asked for.
     */
    private static List<ByteRange> coalesce(List<ByteRange> ranges) {
        List<Integer> byOffset = new ArrayList<>();
        for (int i = 0; i < ranges.size(); i++) {
            byOffset.add(i);
        }
        byOffset.sort(Comparator.comparingLong(i -> ranges.get(i).offset()));
        TreeMap<Integer, ByteRange> joined = new TreeMap<>();
        int rank = byOffset.get(0);
        ByteRange run = ranges.get(rank);
        for (int i : byOffset.subList(1, byOffset.size())) {
            ByteRange next = ranges.get(i);
            if (next.offset() <= run.end()) {
                run = new ByteRange(run.offset(), Math.max(run.end(), next.end()) - run.offset());
                rank = Math.min(rank, i);
            } else {
                joined.put(rank, run);
                run = next;
                rank = i;
            }
        }
        joined.put(rank, run);
        return List.copyOf(joined.values());
    }
}
