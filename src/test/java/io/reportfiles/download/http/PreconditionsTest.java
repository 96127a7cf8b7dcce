package io.reportfiles.download.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.reportfiles.download.http.ContentDisposition.Presentation;
import io.reportfiles.download.http.RequestHead.Method;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/**
 * All preconditions in all combinations. What each value means stands beside it, so that the expected status comes from
 * the sentences of RFC 9110 §13.2.2 alone and nothing is parsed to know it.
 */
class PreconditionsTest {

    private static final String DIGEST = "2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824";
    private static final String TAG = '"' + DIGEST + '"';
    private static final String AT = "Tue, 03 Nov 2026 10:20:30 GMT";
    private static final String BEFORE = "Tuesday, 03-Nov-26 10:20:29 GMT";
    private static final String AFTER = "Tue Nov  3 10:20:31 2026";
    private static final Clock CLOCK = Clock.fixed(Instant.parse("2026-11-22T12:00:00Z"), ZoneOffset.UTC);
    private static final Representation FILE =
            new Representation(1000, DIGEST, Instant.parse("2026-11-03T10:20:30.987Z"), "text/csv", "q3.csv");

    /** What a field says, for whoever reads it. */
    private enum Meaning {
        ABSENT,
        /** The condition holds. */
        TRUE,
        FALSE,
        /** There, but as good as not there. */
        IGNORED
    }

    private record Field(Meaning meaning, List<String> lines) {

        boolean counts() {
            return meaning == Meaning.TRUE || meaning == Meaning.FALSE;
        }

        boolean holds() {
            return meaning == Meaning.TRUE;
        }
    }

    private static final Field NONE = field(Meaning.ABSENT);

    /** True: one of the tags is the file's, by strong comparison. */
    private static final List<Field> IF_MATCH = List.of(
            NONE,
            field(Meaning.TRUE, TAG),
            field(Meaning.TRUE, "*"),
            field(Meaning.TRUE, "\"a,b\" ,W/\"c\", " + TAG),
            field(Meaning.TRUE, "\"x\"", TAG),
            field(Meaning.FALSE, "\"x\""),
            field(Meaning.FALSE, "W/" + TAG),
            field(Meaning.FALSE, "\"x,", TAG + "\""),
            field(Meaning.FALSE, DIGEST),
            field(Meaning.FALSE, ""));

    /** True: none of the tags is the file's, by weak comparison. */
    private static final List<Field> IF_NONE_MATCH = List.of(
            NONE,
            field(Meaning.FALSE, TAG),
            field(Meaning.FALSE, "*"),
            field(Meaning.FALSE, "W/" + TAG),
            field(Meaning.FALSE, "\"x\"", "W/\"a,b\",," + TAG),
            field(Meaning.TRUE, "\"x\""),
            field(Meaning.TRUE, DIGEST),
            field(Meaning.TRUE, "\"" + TAG + "\""));

    private static final List<Field> IF_UNMODIFIED_SINCE = List.of(
            NONE,
            field(Meaning.TRUE, AT),
            field(Meaning.TRUE, AFTER),
            field(Meaning.FALSE, BEFORE),
            field(Meaning.IGNORED, "last week"),
            field(Meaning.IGNORED, BEFORE, BEFORE));

    private static final List<Field> IF_MODIFIED_SINCE = List.of(
            NONE,
            field(Meaning.FALSE, AT),
            field(Meaning.FALSE, AFTER),
            field(Meaning.TRUE, BEFORE),
            field(Meaning.IGNORED, "last week"),
            field(Meaning.IGNORED, AT, AT));

    private static final List<Field> IF_RANGE = List.of(
            NONE,
            field(Meaning.TRUE, TAG),
            field(Meaning.TRUE, AT),
            field(Meaning.FALSE, "W/" + TAG),
            field(Meaning.FALSE, BEFORE),
            field(Meaning.FALSE, AFTER),
            field(Meaning.FALSE, "*"),
            field(Meaning.FALSE, TAG + ", \"x\""),
            field(Meaning.FALSE, TAG, TAG));

    /** True: some of the bytes asked for are in the file. */
    private static final List<Field> RANGE = List.of(
            NONE,
            field(Meaning.TRUE, "bytes=0-9"),
            field(Meaning.FALSE, "bytes=1000-"),
            field(Meaning.IGNORED, "bytes=9-0"),
            field(Meaning.IGNORED, "bytes=0-9", "bytes=0-9"));

    @Test
    void everyCombinationIsAnsweredInTheOrderOfTheRfc() {
        int count = 0;
        for (Field match : IF_MATCH) {
            for (Field unmodified : IF_UNMODIFIED_SINCE) {
                for (Field noneMatch : IF_NONE_MATCH) {
                    for (Field modified : IF_MODIFIED_SINCE) {
                        count += withEveryRange(match, unmodified, noneMatch, modified);
                    }
                }
            }
        }
        assertThat(count).isEqualTo(10 * 6 * 8 * 6 * (2 + 2 * 2));
    }

    /** All the values of If-Range matter only where the rest lets a range through; there all of them are tried. */
    @Test
    void everyIfRangeIsAnsweredWithEveryRange() {
        for (Field ifRange : IF_RANGE) {
            for (Field range : RANGE) {
                for (Method method : Method.values()) {
                    check(method, NONE, NONE, NONE, NONE, ifRange, range);
                    check(method, IF_MATCH.get(1), NONE, IF_NONE_MATCH.get(5), NONE, ifRange, range);
                }
            }
        }
    }

    private static int withEveryRange(Field match, Field unmodified, Field noneMatch, Field modified) {
        check(Method.HEAD, match, unmodified, noneMatch, modified, IF_RANGE.get(1), RANGE.get(2));
        check(Method.GET, match, unmodified, noneMatch, modified, NONE, NONE);
        int count = 2;
        for (Field ifRange : List.of(IF_RANGE.get(1), IF_RANGE.get(3))) {
            for (Field range : RANGE.subList(1, 3)) {
                check(Method.GET, match, unmodified, noneMatch, modified, ifRange, range);
                count++;
            }
        }
        return count;
    }

    private static void check(
            Method method, Field match, Field unmodified, Field noneMatch, Field modified, Field ifRange, Field range) {
        Map<String, List<String>> fields = new TreeMap<>();
        put(fields, "If-Match", match);
        put(fields, "If-Unmodified-Since", unmodified);
        put(fields, "If-None-Match", noneMatch);
        put(fields, "If-Modified-Since", modified);
        put(fields, "If-Range", ifRange);
        put(fields, "Range", range);
        int status = DownloadPlan.decide(new RequestHead(method, fields, Presentation.ATTACHMENT), FILE, CLOCK)
                .status();
        int expected = expected(method, match, unmodified, noneMatch, modified, ifRange, range);
        if (status != expected) { // an assertion with a description costs more than the decision
            assertThat(status).as("%s %s", method, fields).isEqualTo(expected);
        }
    }

    /** The steps of RFC 9110 §13.2.2, one after the other. */
    private static int expected(
            Method method, Field match, Field unmodified, Field noneMatch, Field modified, Field ifRange, Field range) {
        if (match.counts() && !match.holds()) { // 1
            return 412;
        }
        if (!match.counts() && unmodified.counts() && !unmodified.holds()) { // 2
            return 412;
        }
        if (noneMatch.counts() && !noneMatch.holds()) { // 3
            return 304;
        }
        if (!noneMatch.counts() && modified.counts() && !modified.holds()) { // 4
            return 304;
        }
        boolean ranged = method == Method.GET && range.counts() && (!ifRange.counts() || ifRange.holds()); // 5
        if (!ranged) {
            return 200; // 6
        }
        return range.holds() ? 206 : 416;
    }

    private static void put(Map<String, List<String>> fields, String name, Field field) {
        if (!field.lines().isEmpty()) {
            fields.put(name, field.lines());
        }
    }

    private static Field field(Meaning meaning, String... lines) {
        return new Field(meaning, List.of(lines));
    }
}
