package io.reportfiles.bench;

import java.util.Arrays;
import java.util.OptionalDouble;
import java.util.stream.Collectors;

/** What the application wants to reach, each a ratio of two columns of one row. */
enum Target {
    ONE(Measure.ONE, "nginx", Sense.AT_LEAST, 0.8),
    EIGHT(Measure.EIGHT, "nginx unbuffered", Sense.AT_LEAST, 1.0),
    CPU(Measure.CPU_PER_GIB, "naive servlet", Sense.AT_MOST, 0.6),
    SMALL(Measure.SMALL, "naive servlet", Sense.AT_LEAST, 2.5),
    FIRST_BYTE(Measure.FIRST_BYTE, "nginx", Sense.AT_MOST_MORE, 3.0);

    private enum Sense {
        AT_LEAST,
        AT_MOST,
        /** The difference counts, not the ratio. */
        AT_MOST_MORE
    }

    private final Measure measure;
    private final String peer;
    private final Sense sense;
    private final double bound;

    Target(Measure measure, String peer, Sense sense, double bound) {
        this.measure = measure;
        this.peer = peer;
        this.sense = sense;
        this.bound = bound;
    }

    static String report(Results results) {
        return Arrays.stream(values())
                .map(target -> target.line(results))
                .filter(line -> !line.isEmpty())
                .collect(Collectors.joining(System.lineSeparator()));
    }

    private String line(Results results) {
        OptionalDouble ours = results.median(measure, "Report Files");
        OptionalDouble theirs = results.median(measure, peer);
        if (ours.isEmpty() || theirs.isEmpty()) {
            return "";
        }
        double found = sense == Sense.AT_MOST_MORE
                ? ours.getAsDouble() - theirs.getAsDouble()
                : ours.getAsDouble() / theirs.getAsDouble();
        boolean met = sense == Sense.AT_LEAST ? found >= bound : found <= bound;
        return "%-34s Report Files %s %s: %.2f (wanted: %s %.2f) %s"
                .formatted(
                        measure.title(),
                        sense == Sense.AT_MOST_MORE ? "minus" : "to",
                        peer,
                        found,
                        sense == Sense.AT_LEAST ? "at least" : "at most",
                        bound,
                        met ? "reached" : "MISSED");
    }
}
