package io.reportfiles.reportfile;

import io.reportfiles.web.ProblemException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * How a list of report files is sorted. Equal ones keep a fixed order among themselves, so that pages fit together.
 *
 * @param terms what to sort by, the most important first
 */
public record ReportFileOrder(List<Term> terms) {

    /** The newest first: the order of a list when the client does not say. */
    public static final ReportFileOrder NEWEST_FIRST =
            new ReportFileOrder(List.of(new Term(Key.SUBMITTED_AT, Direction.DESCENDING)));

    /** The highest version first. */
    public static final ReportFileOrder LAST_VERSION_FIRST =
            new ReportFileOrder(List.of(new Term(Key.VERSION, Direction.DESCENDING)));

    /** What can be sorted by. */
    public enum Key {
        SUBMITTED_AT("submittedAt", "f.submittedAt %1$s"),
        FILENAME("filename", "lower(f.filename) %1$s"),
        SIZE("size", "coalesce(f.stored.size, 0) %1$s"),
        ORGANISATION("organisation", "f.series.organisation %1$s"),
        PERIOD("period", "f.series.year %1$s, f.series.quarter %1$s"),
        SECTION("section", "f.series.section %1$s"),
        VERSION("version", "coalesce(f.version, 0) %1$s");

        private final String parameter;
        private final String jpql;

        Key(String parameter, String jpql) {
            this.parameter = parameter;
            this.jpql = jpql;
        }

        private static Optional<Key> find(String parameter) {
            return Arrays.stream(values())
                    .filter(key -> key.parameter.equals(parameter))
                    .findFirst();
        }
    }

    /** Which end comes first. */
    public enum Direction {
        ASCENDING,
        DESCENDING
    }

    /** One thing to sort by. */
    public record Term(Key key, Direction direction) {
        public Term {
            Objects.requireNonNull(key, "key");
            Objects.requireNonNull(direction, "direction");
        }
    }

    public ReportFileOrder {
        terms = List.copyOf(terms);
    }

    /**
     * Reads the parameter {@code sort}: keys separated by commas, each with {@code -} before it for descending.
     *
     * @throws ProblemException 400 for an unknown key, naming those there are
     */
    public static ReportFileOrder parse(String sort) {
        List<Term> terms = new ArrayList<>();
        for (String word : sort.split(",", -1)) {
            boolean descending = word.startsWith("-");
            Key key = Key.find(descending ? word.substring(1) : word).orElseThrow(ReportFileOrder::unknownKey);
            terms.add(new Term(key, descending ? Direction.DESCENDING : Direction.ASCENDING));
        }
        return new ReportFileOrder(terms);
    }

    /** The order in JPQL over {@code ReportFile f}. */
    String jpql() {
        return terms.stream()
                .map(term -> term.key().jpql.formatted(term.direction() == Direction.DESCENDING ? "desc" : "asc"))
                .collect(Collectors.joining(", ", "", ", f.id"));
    }

    private static ProblemException unknownKey() {
        String keys = Arrays.stream(Key.values()).map(key -> key.parameter).collect(Collectors.joining(", "));
        return ProblemException.invalid(
                "sort", "The list can be sorted by %s; put - before one for descending order.".formatted(keys));
    }
}
