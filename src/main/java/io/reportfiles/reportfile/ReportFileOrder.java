package io.reportfiles.reportfile;

import io.reportfiles.web.problem.ProblemException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
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
        FILENAME("filename", "f.filenameFolded %1$s"),
        SIZE("size", "f.stored.size %1$s", "coalesce(f.stored.size, 0) %1$s"),
        ORGANISATION("organisation", "f.series.organisation %1$s"),
        PERIOD("period", "f.series.year %1$s, f.series.quarter %1$s"),
        SECTION("section", "f.series.section %1$s"),
        VERSION("version", "f.version %1$s", "coalesce(f.version, 0) %1$s");

        private final String parameter;
        private final String published;
        private final String any; // each database has its own end to put nothing at

        Key(String parameter, String jpql) {
            this(parameter, jpql, jpql);
        }

        Key(String parameter, String published, String any) {
            this.parameter = parameter;
            this.published = published;
            this.any = any;
        }

        private static Optional<Key> find(String parameter) {
            return Arrays.stream(values())
                    .filter(key -> key.parameter.equals(parameter))
                    .findFirst();
        }
    }

    /** Which end comes first. */
    public enum Direction {
        ASCENDING("asc"),
        DESCENDING("desc");

        private final String jpql;

        Direction(String jpql) {
            this.jpql = jpql;
        }

        private Direction opposite() {
            return this == ASCENDING ? DESCENDING : ASCENDING;
        }
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

    /**
     * The order in JPQL over {@code ReportFile f}. Among equals the newest comes first, or the oldest where the last term is
     * descending: so both directions are one index, read from either end.
     *
     * @param states the states that the list shows
     */
    String jpql(Set<ReportFileState> states) {
        boolean published = states.stream().allMatch(ReportFileState::isPublished);
        Term last = terms.get(terms.size() - 1);
        List<String> parts = new ArrayList<>();
        for (Term term : terms) {
            parts.add((published ? term.key().published : term.key().any).formatted(term.direction().jpql));
        }
        Direction amongEquals = last.direction();
        if (last.key() != Key.SUBMITTED_AT) {
            amongEquals = amongEquals.opposite();
            parts.add("f.submittedAt " + amongEquals.jpql);
        }
        parts.add("f.id " + amongEquals.jpql);
        return String.join(", ", parts);
    }

    private static ProblemException unknownKey() {
        String keys = Arrays.stream(Key.values()).map(key -> key.parameter).collect(Collectors.joining(", "));
        return ProblemException.invalid(
                "sort", "The list can be sorted by %s; put - before one for descending order.".formatted(keys));
    }
}
