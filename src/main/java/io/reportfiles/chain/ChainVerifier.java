package io.reportfiles.chain;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.LongFunction;

/** Goes along a chain, from link to link, up to the first fault. For one thread. */
public final class ChainVerifier {

    /** Later than any row of a chain, and yet a time for every database. */
    public static final Instant LATEST = Instant.parse("9999-01-01T00:00:00Z");

    private final String row;
    private final Optional<NotedSeal> noted;
    private final ChainAnchors.Found anchors;
    private long first;
    private long number;
    private boolean anchored;
    private String hash = ChainLink.NOTHING;
    private Optional<String> fault = Optional.empty();

    /** A link, and the fields of its row if that is there. */
    public record Sealed(ChainLink link, Optional<List<Optional<String>>> fields) {}

    /**
     * At the beginning of a chain.
     *
     * @param row what one of the rows is called
     * @param noted a link to be found unchanged
     * @param anchors more of them, read before the chain is
     */
    public ChainVerifier(String row, Optional<NotedSeal> noted, ChainAnchors.Found anchors) {
        this.row = row;
        this.noted = noted;
        this.anchors = anchors;
    }

    /**
     * Checks all links.
     *
     * @param after the first of those after a number, in their order; none at the end
     */
    public void checkAll(LongFunction<List<Sealed>> after) {
        for (List<Sealed> some = after.apply(0); !some.isEmpty() && fault.isEmpty(); some = after.apply(number)) {
            some.forEach(next -> check(next.link(), next.fields()));
        }
    }

    private void check(ChainLink seal, Optional<List<Optional<String>>> fields) {
        if (fault.isPresent()) {
            return;
        }
        fault = number == 0 && seal.number() > 1 ? faultOfFirst(seal) : faultOf(seal, fields);
        if (fault.isEmpty()) {
            first = number == 0 ? seal.number() : first;
            number = seal.number();
            hash = seal.hash();
            anchored |= anchors.has(seal.number());
        }
    }

    /**
     * The beginning of a chain that was cut. What was before is gone, so its hash can't be recomputed; but each later one
     * comes from it, so whoever noted it, or a later one, can tell whether it is the same.
     */
    private Optional<String> faultOfFirst(ChainLink seal) {
        return noted.filter(note -> note.number() >= seal.number()).isEmpty()
                ? Optional.of(
                        "The chain begins at number %d: a number and hash noted of that or a later one are needed."
                                .formatted(seal.number()))
                : faultOfNoted(seal);
    }

    private Optional<String> faultOf(ChainLink seal, Optional<List<Optional<String>>> fields) {
        if (seal.number() != number + 1) {
            return Optional.of("Number %d is missing.".formatted(number + 1));
        }
        if (fields.isEmpty()) {
            return Optional.of("The %s of number %d is missing: %s.".formatted(row, seal.number(), seal.row()));
        }
        if (!seal.follows(hash, fields.get())) {
            return Optional.of(
                    "The %s of number %d, or its seal, was changed: %s.".formatted(row, seal.number(), seal.row()));
        }
        return faultOfNoted(seal);
    }

    private Optional<String> faultOfNoted(ChainLink seal) {
        return noted.filter(
                        note -> note.number() == seal.number() && !note.hash().equals(seal.hash()))
                .map(note -> "Number %d has not the hash that was noted.".formatted(note.number()))
                .or(() -> anchors.contradicts(seal.number(), seal.hash())
                        ? Optional.of(
                                "Number %d has not the hash that is anchored in the bucket.".formatted(seal.number()))
                        : Optional.empty());
    }

    /** Whether no link was cut off before those that there are. */
    public boolean fromItsBeginning() {
        return first <= 1;
    }

    /**
     * Has a fault, unless one was found before, where there is any of something.
     *
     * @param sentence says what there should not be, with the place of its number
     */
    public void requireNone(long found, String sentence) {
        if (fault.isEmpty() && found > 0) {
            fault = Optional.of(sentence.formatted(found));
        }
    }

    /**
     * What came out, once all links were checked.
     *
     * @param unsealed number of rows in no link
     * @param forgotten number of those among them that should be in one by now
     */
    public ChainVerification result(long unsealed, long forgotten) {
        if (fault.isEmpty() && noted.filter(note -> note.number() > number).isPresent()) {
            fault = Optional.of("The chain ends at number %d, before the one that was noted.".formatted(number));
        }
        if (fault.isEmpty() && anchors.last() > number) {
            fault = Optional.of("The chain ends at number %d, and number %d is anchored in the bucket."
                    .formatted(number, anchors.last()));
        }
        requireNone(
                forgotten,
                "%d " + row + "s are in no link, although they are old: they were put in late, or by a node whose clock"
                        + " is wrong.");
        fault = fault.or(anchors::failure);
        return new ChainVerification(fault.isEmpty(), number, hash, unsealed, anchored, fault);
    }
}
