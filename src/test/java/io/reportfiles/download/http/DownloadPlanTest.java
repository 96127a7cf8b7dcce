package io.reportfiles.download.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.reportfiles.download.http.Body.Content;
import io.reportfiles.download.http.Body.Framing;
import io.reportfiles.download.http.ContentDisposition.Presentation;
import io.reportfiles.download.http.RequestHead.Method;
import io.reportfiles.storage.ByteRange;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DownloadPlanTest {

    private static final String DIGEST = "2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824";
    private static final String TAG = '"' + DIGEST + '"';
    private static final String MODIFIED = "Tue, 03 Nov 2026 10:20:30 GMT";
    private static final String EARLIER = "Tue, 03 Nov 2026 10:20:29 GMT";
    private static final String LATER = "Tue, 03 Nov 2026 10:20:31 GMT";
    private static final Clock CLOCK = Clock.fixed(Instant.parse("2026-11-22T12:00:00Z"), ZoneOffset.UTC);
    private static final Representation FILE =
            new Representation(1000, DIGEST, Instant.parse("2026-11-03T10:20:30.987Z"), "text/csv", "q3.csv");

    @Nested
    class Delivery {

        @Test
        void aPlainGetIsTheWholeFileWithItsHead() {
            DownloadPlan plan = get();
            assertThat(plan.status()).isEqualTo(200);
            assertThat(plan.body()).isEqualTo(Body.of(ByteRange.whole(FILE.size())));
            assertThat(plan.fields())
                    .containsEntry("Content-Length", "1000")
                    .containsEntry("Content-Type", "text/csv")
                    .containsEntry("ETag", TAG)
                    .containsEntry("Last-Modified", MODIFIED)
                    .containsEntry("Accept-Ranges", "bytes")
                    .containsEntry("Content-Disposition", "attachment; filename=\"q3.csv\"; filename*=UTF-8''q3.csv")
                    .containsEntry("Repr-Digest", "sha-256=:LPJNul+wow4m6DsqxbninhsWHlwfp0JecwQzYpOLmCQ=:")
                    .containsEntry("Cache-Control", "private, no-cache")
                    .containsEntry("X-Content-Type-Options", "nosniff")
                    .containsEntry("Content-Security-Policy", "sandbox; default-src 'none'")
                    .containsEntry("X-Accel-Buffering", "no")
                    .doesNotContainKey("Content-Range");
        }

        @Test
        void headHasTheHeadOfGetAndNoBody() {
            DownloadPlan head = plan(Method.HEAD, FILE);
            assertThat(head.fields()).isEqualTo(get().fields());
            assertThat(head.body()).isEqualTo(Body.EMPTY);
        }

        @Test
        void headIgnoresRange() {
            assertThat(plan(Method.HEAD, FILE, "Range", "bytes=0-1").status()).isEqualTo(200);
        }

        @Test
        void anEmptyFileIsAnEmptyBody() {
            Representation empty = new Representation(0, DIGEST, Instant.EPOCH, "text/csv", "q3.csv");
            DownloadPlan plan = plan(Method.GET, empty);
            assertThat(plan.status()).isEqualTo(200);
            assertThat(plan.fields()).containsEntry("Content-Length", "0");
            assertThat(plan.body()).isEqualTo(Body.EMPTY);
        }

        @Test
        void oneRangeIsAPart() {
            DownloadPlan plan = get("Range", "bytes=10-19");
            assertThat(plan.status()).isEqualTo(206);
            assertThat(plan.fields())
                    .containsEntry("Content-Range", "bytes 10-19/1000")
                    .containsEntry("Content-Length", "10");
            assertThat(plan.body()).isEqualTo(Body.of(new ByteRange(10, 10)));
        }

        @Test
        void severalRangesAreFramedAndCountedExactly() {
            DownloadPlan plan = get("Range", "bytes=10-19,-1");
            String boundary = Body.boundary(FILE);
            assertThat(plan.status()).isEqualTo(206);
            assertThat(plan.fields())
                    .containsEntry("Content-Type", "multipart/byteranges; boundary=" + boundary)
                    .doesNotContainKey("Content-Range");
            assertThat(plan.body().segments())
                    .containsExactly(
                            new Framing("--" + boundary
                                    + "\r\nContent-Type: text/csv\r\nContent-Range: bytes 10-19/1000\r\n\r\n"),
                            new Content(new ByteRange(10, 10)),
                            new Framing("\r\n--" + boundary
                                    + "\r\nContent-Type: text/csv\r\nContent-Range: bytes 999-999/1000\r\n\r\n"),
                            new Content(new ByteRange(999, 1)),
                            new Framing("\r\n--" + boundary + "--\r\n"));
            assertThat(plan.fields())
                    .containsEntry("Content-Length", Long.toString(plan.body().length()));
        }

        @Test
        void noneOfTheRangesInTheFileNamesTheSize() {
            DownloadPlan plan = get("Range", "bytes=1000-");
            assertThat(plan.status()).isEqualTo(416);
            assertThat(plan.fields()).isEqualTo(Map.of("Content-Range", "bytes */1000"));
        }

        @Test
        void aRepeatedRangeHeaderIsIgnored() {
            assertThat(get("Range", "bytes=0-1", "Range", "bytes=3-4").status()).isEqualTo(200);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "disposition=inline, INLINE",
        "a=b&disposition=inline&c, INLINE",
        "disposition=attachment, ATTACHMENT",
        "disposition=attachment&disposition=inline, ATTACHMENT",
        "xdisposition=inline, ATTACHMENT",
        "disposition=inline2, ATTACHMENT",
        "disposition=%ZZ, ATTACHMENT",
        "disposition, ATTACHMENT",
        "'', ATTACHMENT",
    })
    void theQuerySaysHowTheFileIsToBeShown(String query, Presentation presentation) {
        assertThat(RequestHead.presentation(query)).isEqualTo(presentation);
    }

    @Nested
    class Conditions {

        @ParameterizedTest
        @CsvSource(
                quoteCharacter = '`',
                value = {
                    "If-Match, " + TAG + ", 200",
                    "If-Match, *, 200",
                    "If-Match, `\"x\", " + TAG + "`, 200",
                    "If-Match, \"x\", 412",
                    "If-Match, W/" + TAG + ", 412",
                    "If-Match, not a tag, 412",
                    "If-None-Match, " + TAG + ", 304",
                    "If-None-Match, W/" + TAG + ", 304",
                    "If-None-Match, *, 304",
                    "If-None-Match, `\"x\",W/" + TAG + "`, 304",
                    "If-None-Match, \"x\", 200",
                    "If-None-Match, not a tag, 200",
                    "If-Modified-Since, `" + MODIFIED + "`, 304",
                    "If-Modified-Since, `" + LATER + "`, 304",
                    "If-Modified-Since, `Tuesday, 03-Nov-26 10:20:30 GMT`, 304",
                    "If-Modified-Since, `Tue Nov  3 10:20:30 2026`, 304",
                    "If-Modified-Since, `" + EARLIER + "`, 200",
                    "If-Modified-Since, not a date, 200",
                    "If-Unmodified-Since, `" + MODIFIED + "`, 200",
                    "If-Unmodified-Since, `" + LATER + "`, 200",
                    "If-Unmodified-Since, `" + EARLIER + "`, 412",
                    "If-Unmodified-Since, not a date, 200",
                })
        void eachPreconditionByItself(String field, String value, int status) {
            assertThat(get(field, value).status()).isEqualTo(status);
            assertThat(plan(Method.HEAD, FILE, field, value).status()).isEqualTo(status);
        }

        @Test
        void ifMatchOverrulesIfUnmodifiedSince() {
            assertThat(get("If-Match", TAG, "If-Unmodified-Since", EARLIER).status())
                    .isEqualTo(200);
        }

        @Test
        void ifNoneMatchOverrulesIfModifiedSince() {
            assertThat(get("If-None-Match", "\"x\"", "If-Modified-Since", MODIFIED)
                            .status())
                    .isEqualTo(200);
        }

        @Test
        void aFailedIfMatchComesBeforeIfNoneMatch() {
            assertThat(get("If-Match", "\"x\"", "If-None-Match", TAG).status()).isEqualTo(412);
        }

        @Test
        void notModifiedComesBeforeAnUnsatisfiableRange() {
            assertThat(get("If-None-Match", TAG, "Range", "bytes=1000-").status())
                    .isEqualTo(304);
        }

        @Test
        void tagsOnSeveralLinesAreOneList() {
            assertThat(get("If-None-Match", "\"x\"", "If-None-Match", TAG).status())
                    .isEqualTo(304);
        }

        @Test
        void notModifiedRepeatsTheValidators() {
            DownloadPlan plan = get("If-None-Match", TAG);
            assertThat(plan.fields())
                    .containsOnlyKeys("ETag", "Last-Modified", "Cache-Control", "Content-Security-Policy")
                    .containsEntry("ETag", TAG);
            assertThat(plan.body()).isEqualTo(Body.EMPTY);
        }

        @Test
        void notModifiedLeavesWhatACacheKeepsAsItIs() {
            Map<String, String> kept = get().fields();
            get("If-None-Match", TAG)
                    .fields()
                    .forEach((name, value) -> assertThat(kept).containsEntry(name, value));
            plan(Method.HEAD, FILE, "If-None-Match", TAG)
                    .fields()
                    .forEach((name, value) -> assertThat(kept).containsEntry(name, value));
        }

        @ParameterizedTest
        @ValueSource(strings = {TAG, MODIFIED, "Tue Nov  3 10:20:30 2026"})
        void aRangeStandsWhenIfRangeNamesThisContent(String ifRange) {
            assertThat(get("Range", "bytes=0-1", "If-Range", ifRange).status()).isEqualTo(206);
        }

        @ParameterizedTest
        @ValueSource(strings = {"\"x\"", "W/" + TAG, EARLIER, LATER, "nonsense", "*"})
        void theWholeFileIsSentWhenIfRangeNamesAnotherContent(String ifRange) {
            assertThat(get("Range", "bytes=0-1", "If-Range", ifRange).status()).isEqualTo(200);
            assertThat(get("Range", "bytes=5000-", "If-Range", ifRange).status())
                    .isEqualTo(200);
        }

        @Test
        void ifRangeWithoutRangeMeansNothing() {
            assertThat(get("If-Range", "\"x\"").status()).isEqualTo(200);
        }
    }

    @Property
    void whateverIsAskedTheAnswerIsOneOfFiveAndItsLengthIsExact(
            @ForAll("fields") Map<String, String> fields, @ForAll("methods") Method method) {
        Map<String, List<String>> lists = new TreeMap<>();
        fields.forEach((name, value) -> lists.put(name, List.of(value)));
        DownloadPlan plan = DownloadPlan.decide(new RequestHead(method, lists, Presentation.ATTACHMENT), FILE, CLOCK);
        assertThat(plan.status()).isIn(200, 206, 304, 412, 416);
        if (method == Method.GET && plan.status() <= 206) {
            assertThat(plan.fields())
                    .containsEntry("Content-Length", Long.toString(plan.body().length()));
            assertThat(plan.body().segments().stream()
                            .filter(Content.class::isInstance)
                            .mapToLong(Body.Segment::length)
                            .sum())
                    .isLessThanOrEqualTo(FILE.size());
        } else {
            assertThat(plan.body()).isEqualTo(Body.EMPTY);
        }
    }

    @Provide
    Arbitrary<Method> methods() {
        return Arbitraries.of(Method.class);
    }

    @Provide
    Arbitrary<Map<String, String>> fields() {
        Arbitrary<String> names = Arbitraries.of(
                "If-Match", "If-None-Match", "If-Modified-Since", "If-Unmodified-Since", "If-Range", "Range");
        Arbitrary<String> values = Arbitraries.oneOf(
                Arbitraries.of(
                        TAG,
                        "W/" + TAG,
                        "\"x\"",
                        "*",
                        MODIFIED,
                        EARLIER,
                        LATER,
                        "bytes=0-9",
                        "bytes=990-",
                        "bytes=-1,0-0,5-6"),
                Arbitraries.strings().ascii().ofMaxLength(40));
        return Arbitraries.maps(names, values).ofMaxSize(6);
    }

    private static DownloadPlan get(String... fields) {
        return plan(Method.GET, FILE, fields);
    }

    private static DownloadPlan plan(Method method, Representation file, String... fields) {
        Map<String, List<String>> lists = new TreeMap<>();
        for (int i = 0; i < fields.length; i += 2) {
            String value = fields[i + 1];
            lists.merge(fields[i], List.of(value), (a, b) -> Arrays.asList(a.get(0), b.get(0)));
        }
        return DownloadPlan.decide(new RequestHead(method, lists, Presentation.ATTACHMENT), file, CLOCK);
    }
}
